export const filterNames = ['upper', 'lower', 'trim', 'json', 'default', 'join'] as const;
export type FilterName = (typeof filterNames)[number];

export interface TemplateFilter {
	name: FilterName;
	/** What stands in the parentheses, without its quotes. */
	argument?: string;
}

/** All offsets are UTF-16 code units; an `end` is exclusive. */
export interface TemplateTag {
	kind: 'variable' | 'section' | 'inverted' | 'end' | 'comment';
	/** A dotted path in Unicode's NFC, `.` for the current item, empty for a comment. */
	name: string;
	nameStart: number;
	nameEnd: number;
	filters: TemplateFilter[];
	start: number;
	end: number;
}

export type TemplateProblemCode =
	| 'unclosed-tag'
	| 'unclosed-section'
	| 'stray-end'
	| 'unsupported'
	| 'bad-name'
	| 'bad-filter'
	| 'too-deep'
	| 'undeclared'
	| 'missing-value'
	| 'wrong-value'
	| 'too-large';

export interface TemplateProblem {
	code: TemplateProblemCode;
	message: string;
	/** Where it is in the template. */
	start: number;
	end: number;
	/** The variable that it is about: the first part of a dotted path. */
	variable?: string;
}

/** The variable of a dotted path: `customer` of `customer.name`. */
export function variableOf(name: string): string {
	const dot = name.indexOf('.');
	return dot > 0 ? name.slice(0, dot) : name;
}

/** A section that is nested deeper is a problem, and is not rendered: each level takes a part of the stack. */
export const maxSectionDepth = 100;
