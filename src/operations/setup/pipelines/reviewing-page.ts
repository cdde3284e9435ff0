/** One screen for people who approve plans; `init --ci` puts it into the repository, and pull requests link to it. */
export const REVIEWING_PAGE = `# How to review a plan

A merge of the pull request changes accounts in Zivver. You are the last one who can say no. You need no tool: read \`plan.md\`.

1. **May I approve?** stands at its top. “No” or a red check \`review\`: do not merge, whatever anybody says. Beside it: the worst thing in the plan, until when it can be applied, and how many people must approve.
2. **Read every row from the top until the risk ends.** Deletions, unexplained absences and suspensions come first, each with its evidence; none is ever left out or folded.

| section             | the question to answer                                                                                                                        |
| ------------------- | --------------------------------------------------------------------------------------------------------------------------------------------- |
| Irreversible        | Was this agreed in writing? Account and mail are gone for ever.                                                                               |
| Unexplained absence | Did this person leave? Ask the manager or HR. Somebody who left is normally disabled; “found nowhere” may be a broken server or a renamed OU. |
| Suspended           | Is the reason right (disabled, expired, moved, filtered)? Many from one department on one day is a reorganisation or a mistake.               |
| Access to mail      | Should these people read the mail of that account? New delegates and members are the way to read other people’s mail.                         |
| Identity            | Is it the same person under a new name or address?                                                                                            |
| The rest            | Names, numbers, new accounts: are the counts what you expect?                                                                                 |

3. **Look at the limits.** “LIFTED by an override” means that somebody allowed more than usual, with a reason in \`organisation.yaml\`: read it.
4. **Not sure? Do not approve.** Nothing happens: the plan expires, and the next one asks again. Write in a comment what is missing. Never edit \`plan.md\`, \`plan.json\` or a desired file: the check turns red. A wrong name or a wrong suspension is mended in Active Directory, and the next plan is right.

Many changes? The check \`review\` has a page with search and filters attached, and \`zivver-gitops show\` shows the plan in a terminal. Your approval counts for exactly the bytes you saw: a later push needs a new one.

## Sign it, where signatures are asked for

Once, make a key and have the line of its \`.pub\` file put into \`signers.yaml\` by a pull request of its own. **Windows 10, 11** (PowerShell; OpenSSH is built in): \`ssh-keygen -t ed25519\`, then \`type $env:USERPROFILE\\.ssh\\id_ed25519.pub\`; with a passphrase, once as administrator, \`Set-Service ssh-agent -StartupType Automatic; Start-Service ssh-agent\`, then \`ssh-add\`. **macOS, Linux**: \`ssh-keygen -t ed25519\`, then \`cat ~/.ssh/id_ed25519.pub\`; with a passphrase \`ssh-add\` (macOS: \`ssh-add --apple-use-keychain\`). With a **security key** (FIDO) on any of them: \`ssh-keygen -t ed25519-sk\`; each signature is touched.

Then for each plan, in a clone of the repository:

\`\`\`sh
git fetch
git switch BRANCH-OF-THE-PULL-REQUEST
npx zivver-gitops approve
git add plans
git commit -m "Approve"; git push
\`\`\`

It shows the plan, asks, and signs. \`zivver-gitops reject\` signs that it must not be applied. Who made or committed a plan cannot approve it; so let others squash and rebase.

After the merge the apply reports in the pull request what became of every change. A mistake came through? \`zivver-gitops invert PLAN\` makes the rollback, to be reviewed like this one. A suspension can be undone until Zivver deletes the account (90 days, if automatic deletion is on).
`;
