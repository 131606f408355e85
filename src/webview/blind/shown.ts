import type { BlindChoice, BlindProtocol, BlindSnapshot } from '../../common/blindPage.ts';
import type { KeptIntent, Shown } from '../shared/page.ts';

/** What the page gives its view. */
export interface BlindShown extends Shown<BlindProtocol, BlindSnapshot, KeptIntent, 'panel', never> {
	/** Rates the pair that is shown. */
	rate(choice: BlindChoice): Promise<void>;
	undo(): Promise<void>;
	reveal(): Promise<void>;
}
