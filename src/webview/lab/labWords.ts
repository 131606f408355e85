import * as l10n from '@vscode/l10n';
import { endWord } from '../../common/endWord.ts';
import type { LabReplay, LabStepStatus, LabToolChoice } from '../../common/labState.ts';

/** How an answer stands, in a word or two. */
export function statusWord(status: LabStepStatus): string {
	switch (status) {
		case 'waiting':
			return l10n.t('waiting');
		case 'streaming':
			return l10n.t('streaming');
		default:
			return endWord(status);
	}
}

/** Which turns a replay regenerates, in a word or two. */
export function replayWord(replay: LabReplay): string {
	switch (replay) {
		case 'turn':
			return l10n.t('this turn');
		case 'frozen':
			return l10n.t('frozen');
		case 'cascading':
			return l10n.t('cascading');
	}
}

/** Which turns a replay regenerates, and what they follow. */
export function replayHelp(replay: LabReplay): string {
	switch (replay) {
		case 'turn':
			return l10n.t('Regenerates the chosen turn only');
		case 'frozen':
			return l10n.t('Regenerates later turns too, each after the conversation as it was recorded');
		case 'cascading':
			return l10n.t('Regenerates later turns too, each after the new answers before it');
	}
}

/** Which tools a regeneration offers, in a word or two. */
export function toolChoiceWord(choice: LabToolChoice): string {
	return choice === 'recorded' ? l10n.t('as recorded') : l10n.t('none');
}

/** Which tools a regeneration offers, and what becomes of recorded calls. */
export function toolChoiceHelp(choice: LabToolChoice): string {
	return choice === 'recorded'
		? l10n.t(
				'The tools that were called are offered. A recorded call gets its recorded result, any other call fails.',
			)
		: l10n.t('No tools are offered. Recorded calls and their results are sent as text.');
}
