import * as vscode from 'vscode';
import { toAppError } from '../../common/errors.ts';
import { createInput, type Input } from './notify.ts';
import { createPick, type Pick } from './pick.ts';
import { cancelled } from './arguments.ts';

type Text = { prompt: string; value?: string; placeHolder?: string; check?: (value: string) => void };
/** One step: a text, checked as one types by a rule that throws, or a choice among a few. */
export type Question<Key extends string> = { key: Key } & (Text | { prompt: string; choices: readonly Choice[] });

type Choice = vscode.QuickPickItem & { value: string };
type Place = { title: string; step: number; totalSteps: number };
const back = Symbol('back');

/**
 * Asks a command's questions one by one, but for those whose answer is given, with a way back to each; what was typed stays.
 * `questions` is called before each step, as answers may change what follows. Rejects with `cancelled` when the user leaves.
 */
export async function askInSteps<Key extends string>(
	title: string,
	given: Partial<Record<Key, string | undefined>>,
	questions: (answers: Partial<Record<Key, string>>) => readonly Question<Key>[],
): Promise<Record<Key, string>> {
	const answers: Partial<Record<Key, string>> = {};
	const isOpen = ({ key }: Question<Key>) => given[key] === undefined;
	const typed: Partial<Record<Key, string>> = {};
	for (let index = 0; ;) {
		const asked = questions(answers).filter(isOpen);
		const question = asked[index];
		if (!question) {
			return { ...given, ...answers } as Record<Key, string>;
		}
		const { key } = question;
		const place = { title, step: index + 1, totalSteps: asked.length };
		const answer =
			'choices' in question
				? await askChoice(place, question.prompt, question.choices)
				: await askText(place, question, typed[key], (value) => (typed[key] = value));
		if (answer === back) {
			index--;
		} else {
			answers[key] = answer;
			index++;
		}
	}
}

async function askText(
	place: Place,
	question: Text,
	typed: string | undefined,
	onTyped: (value: string) => void,
): Promise<string | typeof back> {
	const { box, refuse } = createInput(question.prompt);
	box.placeholder = question.placeHolder;
	box.value = typed ?? question.value ?? '';
	const complaint = () => {
		try {
			question.check?.(box.value);
			return undefined;
		} catch (thrown) {
			return toAppError(thrown).message;
		}
	};
	return show(box, place, (accept) => {
		box.onDidChangeValue((value) => {
			onTyped(value);
			refuse(complaint());
		});
		box.onDidAccept(() => {
			const reason = complaint();
			refuse(reason);
			if (reason === undefined) {
				accept(box.value);
			}
		});
	});
}

async function askChoice(place: Place, prompt: string, choices: readonly Choice[]): Promise<string | typeof back> {
	const { pick, present } = createPick<Choice>();
	present({ placeholder: prompt, items: choices });
	return show(pick, place, (accept) => {
		pick.onDidAccept(() => {
			const [chosen] = pick.selectedItems;
			if (chosen) {
				accept(chosen.value);
			}
		});
	});
}

/** Stays while the focus is elsewhere: a webview that opens takes it. */
async function show(
	input: Input['box'] | Pick<Choice>['pick'],
	place: Place,
	onAccept: (accept: (value: string) => void) => void,
): Promise<string | typeof back> {
	Object.assign(input, place);
	input.ignoreFocusOut = true;
	input.buttons = place.step > 1 ? [vscode.QuickInputButtons.Back] : [];
	try {
		return await new Promise((resolve, reject) => {
			onAccept(resolve);
			input.onDidTriggerButton(() => resolve(back));
			input.onDidHide(() => reject(cancelled()));
			input.show();
		});
	} finally {
		input.dispose();
	}
}
