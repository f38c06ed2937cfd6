/** Commands on a member whose answer is the member as they are after it. */
import type { CommandId, MemberId } from '../../base/ids.ts';
import { present } from '../../base/assert.ts';
import { ok, type Refusal, type Result } from '../../base/result.ts';
import type { MemberView } from '../contract/shapes.ts';
import { offlineLeft } from './allowances/held-parts.ts';
import type { CommitParts } from './commit-sale.ts';
import type { Caller } from './context.ts';
import type { AppendEntry } from './entry-writer.ts';
import { momentNow, type Moment } from './moment.ts';
import { runPrepared } from './run-command.ts';
import { memberView } from './views.ts';

export type MemberCommand<Prepared> = {
  readonly id: CommandId;
  readonly name: string;
  readonly input: object;
  readonly prepare: (moment: Moment) => Result<Prepared, Refusal>;
  /** Answers whose it is. */
  readonly work: (prepared: Prepared, append: AppendEntry, moment: Moment) => MemberId;
  /** Others whom screens should look at again. */
  readonly others?: readonly MemberId[];
};

export function runOnMember<Prepared>(
  parts: CommitParts,
  caller: Caller,
  { id, name, input, prepare, work, others = [] }: MemberCommand<Prepared>,
): Result<MemberView, Refusal> {
  const moment = momentNow(parts, parts.writer.last());
  const run = runPrepared(parts, caller, moment, {
    id,
    name,
    input: { ...input, caller },
    prepare: () => prepare(moment),
    work: (prepared, append) => ok(work(prepared, append, moment)),
  });
  if (!run.ok) return run;
  const { answer, repeated } = run.value;
  if (!repeated) {
    parts.entryWritten();
    for (const member of [answer, ...others]) parts.events.emit('member', { member });
  }
  const known = present(parts.members.find(answer), 'the member of a command is known');
  const { date } = moment.local;
  return ok(memberView(known, parts.programmes.terms, date, offlineLeft(parts, known.member, date)));
}
