import type { LintRule } from './rule.ts';
import { capitals } from './rules/capitals.ts';
import { claudeForcefulWording } from './rules/claudeForcefulWording.ts';
import { contradictoryLength } from './rules/contradictoryLength.ts';
import { contradictoryRules } from './rules/contradictoryRules.ts';
import { doubleNegation } from './rules/doubleNegation.ts';
import { duplicateHeading } from './rules/duplicateHeading.ts';
import { duplicateRule } from './rules/duplicateRule.ts';
import { geminiMixedStructure } from './rules/geminiMixedStructure.ts';
import { invalidExample } from './rules/invalidExample.ts';
import { invisibleCharacter } from './rules/invisibleCharacter.ts';
import { noCitationRule } from './rules/noCitationRule.ts';
import { noOutputFormat } from './rules/noOutputFormat.ts';
import { noRole } from './rules/noRole.ts';
import { openaiStepByStep } from './rules/openaiStepByStep.ts';
import { openFence } from './rules/openFence.ts';
import { placeholder } from './rules/placeholder.ts';
import { secret } from './rules/secret.ts';
import { templateSyntax } from './rules/templateSyntax.ts';
import { tooLong } from './rules/tooLong.ts';
import { tooShort } from './rules/tooShort.ts';
import { unbalancedTags } from './rules/unbalancedTags.ts';
import { undeclaredVariable } from './rules/undeclaredVariable.ts';
import { undelimitedContent } from './rules/undelimitedContent.ts';
import { unknownTool } from './rules/unknownTool.ts';
import { unusedVariable } from './rules/unusedVariable.ts';
import { vagueWording } from './rules/vagueWording.ts';

/** All rules, in the order of the setting. A test checks that folder, list, pages and setting agree. */
export const lintRules: readonly LintRule[] = [
	tooShort,
	tooLong,
	noRole,
	noOutputFormat,
	noCitationRule,
	contradictoryRules,
	contradictoryLength,
	duplicateRule,
	vagueWording,
	doubleNegation,
	capitals,
	unknownTool,
	placeholder,
	secret,
	undelimitedContent,
	invalidExample,
	unbalancedTags,
	duplicateHeading,
	openFence,
	invisibleCharacter,
	templateSyntax,
	undeclaredVariable,
	unusedVariable,
	claudeForcefulWording,
	openaiStepByStep,
	geminiMixedStructure,
];
