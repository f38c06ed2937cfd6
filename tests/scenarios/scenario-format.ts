/** The form of a scenario file (contracts, "Scenario files"). What it may say is wider than what is built: the runner names the difference. */
import { z } from 'zod';
import { failed, ok, type Result } from '../../base/result.ts';
import { parseProgramme } from '../../loyalty/programme/parse.ts';

const id = z.string().min(1);
const at = z.iso.datetime({ offset: true });
const notes = { why: z.string().optional(), about: z.string().optional(), source: z.string().optional() };
const amounts = z.record(z.string(), z.int());
const role = z.enum(['cashier', 'supervisor', 'manager']);

const member = z.strictObject({
  id,
  card: z.string().optional(),
  joined: z.string().optional(),
  birthday: z.string().optional(),
  phone: z.string().optional(),
  email: z.string().optional(),
  segments: z.array(z.string()).optional(),
  clubs: z.array(z.string()).optional(),
  blocked: z.boolean().optional(),
  referredBy: z.string().optional(),
});
export type ScenarioMember = z.infer<typeof member>;

const expectation = z
  .strictObject({
    refused: z.string(),
    earned: amounts,
    spent: amounts,
    discount: z.int(),
    due: z.int(),
    balance: amounts,
    spendable: amounts,
    tier: z.string().nullable(),
    money: z.int(),
    takenBack: amounts,
    returned: amounts,
    lifetime: amounts,
    badges: z.array(z.string()),
    memberships: z.array(z.string()),
    overdraft: amounts,
  })
  .partial();
export type Expectation = z.infer<typeof expectation>;

const place = { till: id.optional(), expect: expectation.optional(), ...notes };
const line = z.strictObject({
  sku: z.string(),
  category: z.string().optional(),
  tags: z.array(z.string()).optional(),
  quantity: z.string(),
  unitPrice: z.number(),
  taxRate: z.string().optional(),
});

const sale = z.strictObject({
  do: z.literal('sale'),
  id,
  at,
  member: id.optional(),
  card: z.string().optional(),
  lines: z.array(line),
  redeem: z.array(z.strictObject({ reward: z.string(), points: z.number().optional() })).optional(),
  channel: z.enum(['store', 'online']).optional(),
  operator: role.optional(),
  approvedBy: role.optional(),
  partner: z.strictObject({ id: z.string(), number: z.string() }).optional(),
  ...place,
});
const refund = z.strictObject({
  do: z.literal('refund'),
  sale: id,
  at,
  lines: z.array(z.strictObject({ line: z.int(), quantity: z.string() })).optional(),
  all: z.boolean().optional(),
  operator: role.optional(),
  ...place,
});
const voiding = z.strictObject({ do: z.literal('void'), sale: id, at, operator: role.optional(), ...place });
const enrol = z.strictObject({ do: z.literal('enrol'), member, at, operator: role.optional(), ...place });
const adjust = z.strictObject({
  do: z.literal('adjust'),
  member: id,
  wallet: z.string(),
  amount: z.number(),
  reason: z.string().optional(),
  operator: role.optional(),
  at,
  ...place,
});
const transfer = z.strictObject({
  do: z.literal('transfer'),
  from: id,
  to: id,
  wallet: z.string(),
  amount: z.number(),
  operator: role.optional(),
  approvedBy: role.optional(),
  at,
  ...place,
});
const card = z.strictObject({
  do: z.literal('card'),
  member: id,
  card: z.string(),
  action: z.enum(['link', 'block', 'replace']),
  new: z.string().optional(),
  at,
  ...place,
});
const claim = z.strictObject({ do: z.literal('claim'), sale: id, member: id, at, ...place });
const attach = z.strictObject({
  do: z.literal('attach'),
  sale: id,
  member: id.optional(),
  card: z.string().optional(),
  at,
  ...place,
});
const merge = z.strictObject({
  do: z.literal('merge'),
  from: id,
  into: id,
  at,
  expect: expectation.optional(),
  ...notes,
});
const publish = z.strictObject({
  do: z.literal('publish'),
  programme: z.unknown(),
  at,
  expect: expectation.optional(),
  ...notes,
});
const club = z.strictObject({
  do: z.literal('club'),
  member: id,
  club: z.string(),
  action: z.enum(['join', 'leave']),
  at,
  ...place,
});
const cable = z.strictObject({ do: z.enum(['offline', 'online']), tills: z.array(id), at: at.optional(), ...notes });
const sync = z.strictObject({ do: z.literal('sync'), tills: z.array(id).optional(), at: at.optional(), ...notes });
const advance = z.strictObject({ do: z.literal('advance'), to: z.iso.date(), ...notes });
const expecting = z.strictObject({
  do: z.literal('expect'),
  at,
  on: z.string(),
  member: id,
  ...expectation.shape,
  ...notes,
});

const step = z.discriminatedUnion('do', [
  sale,
  refund,
  voiding,
  enrol,
  adjust,
  transfer,
  card,
  claim,
  attach,
  merge,
  publish,
  club,
  cable,
  sync,
  advance,
  expecting,
]);
export type Step = z.infer<typeof step>;
export type StepOf<Name extends Step['do']> = Extract<Step, { do: Name }>;

const scenario = z
  .strictObject({
    name: z.string(),
    programme: z.unknown().optional(),
    programmes: z.array(z.unknown()).min(1).optional(),
    tills: z.array(id).min(1).default(['t1']),
    stores: z.record(z.string(), id).default({}),
    members: z.array(member).default([]),
    steps: z.array(step),
    ...notes,
  })
  .refine(({ programme, programmes }) => (programme === undefined) !== (programmes === undefined), {
    path: ['programme'],
    message: 'a scenario has a programme, or programmes',
  });
export type Scenario = z.infer<typeof scenario>;

export type FormatProblem = { readonly path: string; readonly message: string };

export function parseScenario(text: string): Result<Scenario, FormatProblem> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return failed({ path: '', message: 'not JSON' });
  }
  const parsed = scenario.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return failed({ path: pathOf(issue), message: issue?.message ?? 'wrong shape' });
  }
  const problem = programmeProblem(parsed.data);
  return problem === undefined ? ok(parsed.data) : failed(problem);
}

/** To the wrong field; a field that is too many is one. */
function pathOf(issue: z.core.$ZodIssue | undefined): string {
  const extra = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  return [...(issue?.path ?? []), ...extra].map(String).join('.');
}

/** A programme that breaks its contract makes the file no scenario; one that uses what is not built is another matter. */
function programmeProblem({ programme, programmes }: Scenario): FormatProblem | undefined {
  const documents = programmes?.map((document, index) => [`programmes.${index}`, document] as const) ?? [
    ['programme', programme] as const,
  ];
  for (const [where, document] of documents) {
    const read = parseProgramme(document);
    const [first] = read.ok ? [] : read.error;
    if (first !== undefined) return { path: `${where}.${first.path}`, message: first.message };
  }
  return undefined;
}
