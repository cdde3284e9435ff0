import type { Configuration } from '../../model/configuration/configuration.ts';
import { buildDirectory } from '../../model/directory/directory.ts';
import { selectEntry } from '../../model/directory/selection.ts';
import { describeSource, type DescribedSource } from './describe-source.ts';
import { buildSurvey } from './survey.ts';
import { openSource } from '../reading/open-sources.ts';
import type { Output } from '../output.ts';

/** Surveys the people of every source; filters are not applied. `sample`: entries to look at, null = all. */
export async function describeSources(
  configuration: Configuration,
  { sample, output }: { sample: number | null; output: Output },
): Promise<DescribedSource[]> {
  const described: DescribedSource[] = [];
  const nothing = buildDirectory([], []);
  for (const configured of configuration.sources) {
    output.progress(`Reading ${configured.name} …`);
    const source = await openSource(configured, configuration);
    try {
      const survey = buildSurvey(configured.phoneRegion);
      const { server } = await source.visitSelected(sample ?? Number.POSITIVE_INFINITY, (entry) => {
        if (selectEntry(entry, [], nothing).verdict === 'person') survey.add(entry);
      });
      described.push(describeSource({ configuration, source: configured, survey: survey.finish(), server, sample }));
    } finally {
      await source.close();
    }
  }
  return described;
}
