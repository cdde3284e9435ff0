/** Of the temporary folders of worlds that a run of vitest makes, by its process id. */
export function worldPrefix(processId: number): string {
  return `zivver-gitops-e2e-${processId}-`;
}
