/** What each step of a scenario does to the world, through the same use cases that the screen and the POS API call. */
import { type Done, NOTHING, tillOf } from './attempt.ts';
import type { Step } from './scenario-format.ts';
import { playAdjust, playCard, playClub, playEnrol, playTransfer } from './steps/account.ts';
import { playAttach, playClaim, playRefund, playVoid } from './steps/after-sale.ts';
import { playExpect } from './steps/expect.ts';
import { playAdvance, playMerge, playPublish } from './steps/head-office.ts';
import { playSale } from './steps/sale.ts';
import type { World } from './world.ts';

export async function playStep(world: World, step: Step): Promise<Done> {
  if ('at' in step && step.at !== undefined) world.setTime(Date.parse(step.at));
  switch (step.do) {
    case 'sale':
      return await playSale(world, step);
    case 'refund':
      return playRefund(world, step);
    case 'void':
      return playVoid(world, step);
    case 'attach':
      return playAttach(world, step);
    case 'claim':
      return playClaim(world, step);
    case 'enrol':
      return playEnrol(world, step);
    case 'adjust':
      return playAdjust(world, step);
    case 'transfer':
      return await playTransfer(world, step);
    case 'card':
      return playCard(world, step);
    case 'club':
      return playClub(world, step);
    case 'merge':
      return await playMerge(world, step);
    case 'publish':
      return await playPublish(world, step);
    case 'advance':
      return await playAdvance(world, step);
    case 'offline':
    case 'online':
      for (const name of step.tills) setOnline(world, name, step.do === 'online');
      return NOTHING;
    case 'sync':
      await world.sync(step.tills ?? world.tills.keys());
      return NOTHING;
    case 'expect':
      return await playExpect(world, step);
    default:
      return step satisfies never;
  }
}

function setOnline(world: World, name: string, online: boolean): void {
  const till = tillOf(world, name);
  till.online = online;
  till.engine.link.setOnline(online);
}
