import clientArenaListenerAfter from './client-arena-listener-after.json' with { type: 'json' };
import clientArenaListenerBefore from './client-arena-listener-before.json' with { type: 'json' };
import clientArenaParticipantAfter from './client-arena-participant-after.json' with { type: 'json' };
import clientArenaParticipantBefore from './client-arena-participant-before.json' with { type: 'json' };
import customerJourney from './customer-journey.json' with { type: 'json' };
import goldenEarQuickscan from './golden-ear-quickscan.json' with { type: 'json' };

/** The built-in surveys: three instruments in six definitions. They are published like any other definition. */
export const catalogue = [
  customerJourney,
  clientArenaParticipantBefore,
  clientArenaListenerBefore,
  clientArenaParticipantAfter,
  clientArenaListenerAfter,
  goldenEarQuickscan,
];
