import type { LintRule } from './rule.ts';
import { contradictoryLength } from './rules/contradictoryLength.ts';
import { duplicateHeading } from './rules/duplicateHeading.ts';
import { invisibleCharacter } from './rules/invisibleCharacter.ts';
import { noCitationRule } from './rules/noCitationRule.ts';
import { openFence } from './rules/openFence.ts';
import { placeholder } from './rules/placeholder.ts';
import { templateSyntax } from './rules/templateSyntax.ts';
import { tooShort } from './rules/tooShort.ts';
import { unbalancedBraces } from './rules/unbalancedBraces.ts';
import { undeclaredVariable } from './rules/undeclaredVariable.ts';
import { unknownTool } from './rules/unknownTool.ts';
import { unusedVariable } from './rules/unusedVariable.ts';

/** All rules, in the order of the setting. A test checks that folder, list, pages and setting agree. */
export const lintRules: readonly LintRule[] = [
	tooShort,
	noCitationRule,
	contradictoryLength,
	unknownTool,
	placeholder,
	unbalancedBraces,
	duplicateHeading,
	openFence,
	invisibleCharacter,
	templateSyntax,
	undeclaredVariable,
	unusedVariable,
];
