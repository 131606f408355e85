import * as l10n from '@vscode/l10n';
import { EVENT_ID, getScalarValue, SCALAR_STYLE, YAMLException, type Event } from 'js-yaml';
import { causeInYaml } from './causeInYaml.ts';
import { parseYaml } from './parseYaml.ts';
import { SourceNode, scalarValue, startOf, type SourceEvents } from './sourceNode.ts';

/** Reports a problem at an offset of the text. */
export type ReportAt = (offset: number, message: string) => void;

/** A few lines of aliases can stand for gigabytes; these many values may come from them. */
const maxAliasedNodes = 100_000;

/**
 * Parses YAML, or JSON as the part of YAML that it is. Undefined if the text holds nothing or cannot be read; why is
 * reported. Keys that are there twice are reported and the last one counts; nothing has the key `__proto__`.
 */
export function parseSource(text: string, format: 'yaml' | 'json', report: ReportAt): SourceNode | undefined {
	let parsed: ReturnType<typeof parseYaml>;
	try {
		parsed = parseYaml(text);
	} catch (thrown) {
		if (!(thrown instanceof YAMLException)) {
			throw thrown;
		}
		if (format === 'json') {
			report(thrown.mark?.position ?? 0, l10n.t('This is not valid JSON: {0}', thrown.reason));
		} else {
			const { offset, reason } = causeInYaml(text, thrown);
			report(offset, l10n.t('This is not valid YAML: {0}', reason));
		}
		return undefined;
	}
	const source = checkEvents(parsed.text, parsed.events, report);
	return source && new SourceNode(source, 1);
}

interface OpenNode {
	index: number;
	/** With what aliases stand for. */
	size: number;
	/** Of a map: its keys, and whether the next node is one. */
	keys?: Set<string>;
	isKeyNext: boolean;
}

/** One walk over all events: ends, anchors and everything that makes a text unusable. */
function checkEvents(text: string, events: readonly Event[], report: ReportAt): SourceEvents | undefined {
	const ends = new Int32Array(events.length);
	const aliases = new Map<number, number>();
	const anchors = new Map<string, { index: number; size?: number }>();
	const open: OpenNode[] = [];
	let aliased = 0;
	let usable = true;
	const refuse = (offset: number, message: string) => {
		usable = false;
		report(offset, message);
	};
	const close = (node: OpenNode, end: number) => {
		ends[node.index] = end;
		const parent = open.at(-1);
		if (parent) {
			parent.size += node.size;
		}
	};
	for (const [index, event] of events.entries()) {
		const parent = open.at(-1);
		if (event.type === EVENT_ID.POP) {
			const node = open.pop();
			if (node) {
				close(node, index + 1);
				const anchor = anchors.get(anchorOf(text, events[node.index]));
				if (anchor?.index === node.index) {
					anchor.size = node.size;
				}
			}
			continue;
		}
		if (event.type === EVENT_ID.DOCUMENT) {
			if (index > 0) {
				report(startOf(events[index + 1]), l10n.t('The file must hold one document: delete the line "---"'));
				break;
			}
			open.push({ index, size: 0, isKeyNext: false });
			continue;
		}
		if (parent?.keys) {
			if (parent.isKeyNext) {
				checkKey(text, event, parent.keys, refuse, report);
			}
			parent.isKeyNext = !parent.isKeyNext;
		}
		const node: OpenNode = { index, size: 1, isKeyNext: event.type === EVENT_ID.MAPPING };
		const name = anchorOf(text, event);
		if (event.type === EVENT_ID.ALIAS) {
			const anchor = anchors.get(name);
			if (anchor?.size === undefined) {
				const message = anchor
					? l10n.t('The alias "{0}" stands for something that contains it', name)
					: l10n.t('There is no anchor "{0}" before this alias', name);
				refuse(startOf(event), message);
			} else {
				aliases.set(index, anchor.index);
				node.size = anchor.size;
				const before = aliased;
				aliased += anchor.size;
				if (before <= maxAliasedNodes && aliased > maxAliasedNodes) {
					const message = l10n.t('The aliases of this file stand for more than {0} values', maxAliasedNodes);
					refuse(startOf(event), message);
				}
			}
		} else if (name !== '') {
			anchors.set(name, { index, ...(event.type === EVENT_ID.SCALAR && { size: 1 }) });
		}
		if (event.type === EVENT_ID.SEQUENCE || event.type === EVENT_ID.MAPPING) {
			if (event.tagStart >= 0 && !/^!!(?:map|seq)$/.test(text.slice(event.tagStart, event.tagEnd))) {
				refuse(
					event.tagStart,
					l10n.t('A tag such as {0} is not supported', text.slice(event.tagStart, event.tagEnd)),
				);
			}
			open.push(event.type === EVENT_ID.MAPPING ? { ...node, keys: new Set() } : node);
		} else {
			if (event.type === EVENT_ID.SCALAR) {
				checkScalar(text, event, refuse);
			}
			close(node, index + 1);
		}
	}
	return usable && events.length > 2 ? { text, events, ends, aliases } : undefined;
}

/** The name of the anchor that a node has or an alias names; empty if there is none. */
function anchorOf(text: string, event: Event | undefined): string {
	return event && 'anchorStart' in event && event.anchorStart >= 0
		? text.slice(event.anchorStart, event.anchorEnd)
		: '';
}

function checkKey(text: string, event: Event, keys: Set<string>, refuse: ReportAt, report: ReportAt): void {
	if (event.type !== EVENT_ID.SCALAR) {
		refuse(startOf(event), l10n.t('The name of a field must be text'));
		return;
	}
	const key = getScalarValue(text, event);
	if (key === '__proto__') {
		refuse(startOf(event), l10n.t('A field cannot have the name "{0}"', key));
	} else if (keys.size === keys.add(key).size) {
		report(startOf(event), l10n.t('The field "{0}" is there twice. Delete one of them', key));
	}
}

function checkScalar(text: string, event: Event & { type: typeof EVENT_ID.SCALAR }, refuse: ReportAt): void {
	if (event.tagStart < 0 && event.style !== SCALAR_STYLE.PLAIN) {
		return;
	}
	try {
		const value = scalarValue(text, event);
		if (typeof value === 'number' && !Number.isFinite(value)) {
			refuse(startOf(event), l10n.t('A number must be finite. To write it as text, put it in quotation marks'));
		}
	} catch (thrown) {
		if (!(thrown instanceof YAMLException)) {
			throw thrown;
		}
		const tag = text.slice(event.tagStart, event.tagEnd);
		refuse(startOf(event), l10n.t('The value does not fit its tag {0}, or the tag is not supported', tag));
	}
}
