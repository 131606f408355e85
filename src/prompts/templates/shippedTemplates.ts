/**
 * The templates that ship as `media/templates/<id>.md`, in the order in which they are offered. A test checks that list,
 * folder and README agree.
 */
export const shippedTemplates = [
	'research-analyst',
	'executive-briefing',
	'code-reviewer',
	'commit-and-pr-writer',
	'support-agent',
	'tutor',
	'json-extractor',
	'classifier',
	'plain-language-rewriter',
	'translator',
	'planner',
	'interviewer',
	'judge',
	'sql-assistant',
] as const;
export type ShippedTemplate = (typeof shippedTemplates)[number];
