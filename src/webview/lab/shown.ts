import type { LabProtocol } from '../../common/labProtocol.ts';
import type { LabPromptField, LabState, ShownFixture } from '../../common/labState.ts';
import type { Shown } from '../shared/page.ts';
import type { ColumnElements } from './columnElements.ts';
import type { Intent } from './intent.ts';
import type { MatrixForm } from './matrixForm.ts';
import type { RecordedMessages } from './recordedMessages.ts';

/** What the page itself asks for: what it shows. */
type OfThePage = 'snapshot' | 'messages' | 'promptChoices' | 'matrixEstimate';
type Actions = Exclude<keyof LabProtocol['requests'], OfThePage>;

/** What the views of the Lab are given. */
export interface LabShown extends Shown<LabProtocol, LabState<ShownFixture>, Intent, string, Actions> {
	readonly restored: boolean;
	/** `performance.now()` at which each running step began, by `take/step`. */
	readonly since: ReadonlyMap<string, number>;
	/** Conversations that have come into view; others are laid out empty. */
	readonly seen: ReadonlySet<string>;
	/** There while the matrix is chosen. */
	readonly matrixForm: MatrixForm | undefined;
	readonly messages: Pick<RecordedMessages, 'get' | 'version'>;
	readonly columns: Pick<ColumnElements, 'ref' | 'toEnd'>;
	/** Must be called when the messages from `first` to before `end` come near the view. */
	onNear(column: string, first: number, end: number): void;
	/** Unfolds or folds what the key names. */
	toggle(key: string): void;
	toggleBlock(turn: string, index: number, open: boolean): void;
	/** A text of the prompt as it is on the screen: what is being typed, else the edited, else the recorded one. */
	promptText(field: LabPromptField): string;
	/** A text that is being typed: shown as typed at once, kept, and a prompt field sent when the typing pauses. */
	type(key: string, text: string): void;
	forgetTyped(key: string): void;
	/** Sends what is typed now, so that a run starts with the prompt that is on the screen. */
	settleEdits(): Promise<void>;
	/** Hides the error of an answer; the answer, what follows it and the ways on stay. */
	hideError(answer: string): void;
}

/** The key under which a field's typed text is kept. */
export function fieldKey(field: LabPromptField): string {
	return field.part === 'base' ? 'base' : `${field.part}/${field.section}`;
}
