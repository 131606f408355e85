import type { PromptVariable } from '../../prompts/promptMetadata.ts';
import { defaultOf } from '../../prompts/variables/variableValue.ts';

/** The default of a variable as a value of its type; its text if it does not fit. */
export function variableDefault(variable: PromptVariable): unknown {
	const read = defaultOf(variable);
	return 'value' in read ? read.value : variable.default;
}
