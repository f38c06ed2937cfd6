import { useEffect, type ReactNode } from 'react';
import { useKeyboard } from '../../keyboard/use-keyboard.ts';
import { listenForScans } from '../../scan/wedge-listener.ts';
import { useActions, useTill } from '../../state/till-context.tsx';
import { DoneScreen } from '../done/DoneScreen.tsx';
import { EnrolScreen } from '../enrol/EnrolScreen.tsx';
import { ExplainDialog } from '../explain/ExplainDialog.tsx';
import { HelpDialog } from '../help/HelpDialog.tsx';
import { PresentedDialog } from '../presented/PresentedDialog.tsx';
import { RecentDialog } from '../recent/RecentDialog.tsx';
import { AmountDialog } from '../sale/basket/AmountDialog.tsx';
import { ClearDialog } from '../sale/basket/ClearDialog.tsx';
import { LineDialog } from '../sale/basket/LineDialog.tsx';
import { EnrolMemberDialog } from '../sale/member/EnrolMemberDialog.tsx';
import { SpendDialog } from '../sale/rewards/SpendDialog.tsx';
import { SaleScreen } from '../sale/SaleScreen.tsx';
import { StatusBar } from '../status/StatusBar.tsx';
import { StatusDialog } from '../status/StatusDialog.tsx';
import { EngineNotice } from './EngineNotice.tsx';
import { StartScreen } from './StartScreen.tsx';
import './till.css';

/** Which screen it is: getting in, enrolling, selling, sold. */
export function TillScreen(): ReactNode {
  const engine = useTill((state) => state.status.engine);
  const known = useTill((state) => state.status.status !== null);
  const enrolled = useTill((state) => (state.status.status?.enrolled ?? null) !== null);
  if (!known) return <StartScreen engine={engine} />;
  return (
    <div className="till">
      <StatusBar />
      <EngineNotice />
      {enrolled ? <Selling /> : <EnrolScreen />}
      <StatusDialog />
    </div>
  );
}

function Selling(): ReactNode {
  const actions = useActions();
  const done = useTill((state) => state.done !== null);
  useKeyboard();
  useEffect(() => listenForScans(window, actions.takeScan), [actions]);
  return (
    <>
      {done ? <DoneScreen /> : <SaleScreen />}
      <LineDialog />
      <AmountDialog />
      <SpendDialog />
      <ClearDialog />
      <EnrolMemberDialog />
      <PresentedDialog />
      <RecentDialog />
      <ExplainDialog />
      <HelpDialog />
    </>
  );
}
