import type { BlindChoice, BlindProtocol, BlindSnapshot } from '../../common/blindPage.ts';
import type { KeptIntent, Shown } from '../shared/page.ts';

/** What the page saves: what the host restores the panel by. Where the rating was, the host knows. */
export interface BlindIntent extends KeptIntent {
	rating: string;
}

/** What the page gives its view. */
export interface BlindShown extends Shown<BlindProtocol, BlindSnapshot, BlindIntent, 'panel', never> {
	/** Rates the pair that is shown. */
	rate(choice: BlindChoice): Promise<void>;
	undo(): Promise<void>;
	reveal(): Promise<void>;
}
