import * as vscode from 'vscode';
import type { LintFinding } from '../../common/api.ts';
import { diagnosticSource, type DraftDiagnostics } from './draftDiagnostics.ts';
import { draftScheme } from './draftUri.ts';

/** Offers for each finding its fix, and to turn its rule off for a line, for the prompt and in the settings. */
export function registerLintActions(diagnostics: DraftDiagnostics): vscode.Disposable {
	return vscode.languages.registerCodeActionsProvider(
		{ scheme: draftScheme },
		{
			provideCodeActions(document, _range, context) {
				const findings = diagnostics.findingsOf(document) ?? [];
				return context.diagnostics
					.filter(({ source }) => source === diagnosticSource)
					.flatMap((diagnostic) => {
						const finding = findings.find((one) => isOf(document, one, diagnostic));
						return finding ? actionsOf(document, finding, diagnostic) : [];
					});
			},
		},
		{ providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
	);
}

function isOf(document: vscode.TextDocument, { code, start }: LintFinding, diagnostic: vscode.Diagnostic): boolean {
	return ruleOf(diagnostic) === code && document.offsetAt(diagnostic.range.start) === start;
}

/** The id of the rule that a problem is of. */
export function ruleOf({ code }: vscode.Diagnostic): unknown {
	return typeof code === 'object' ? code.value : code;
}

function actionsOf(
	document: vscode.TextDocument,
	{ code, fix }: LintFinding,
	diagnostic: vscode.Diagnostic,
): vscode.CodeAction[] {
	const actions: vscode.CodeAction[] = [];
	const add = (title: string, change?: (edit: vscode.WorkspaceEdit) => void) => {
		const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
		action.diagnostics = [diagnostic];
		if (change) {
			action.edit = new vscode.WorkspaceEdit();
			change(action.edit);
		}
		actions.push(action);
		return action;
	};
	if (fix) {
		add(fix.title, (edit) => {
			for (const { start, end, text } of fix.edits) {
				edit.replace(
					document.uri,
					new vscode.Range(document.positionAt(start), document.positionAt(end)),
					text.replaceAll('\n', endOfLine(document)),
				);
			}
		}).isPreferred = true;
	}
	add(vscode.l10n.t('Disable {0} for this line', code), (edit) =>
		disable(document, edit, 'disable-next-line', code, diagnostic.range.start.line),
	);
	add(vscode.l10n.t('Disable {0} for this prompt', code), (edit) => disable(document, edit, 'disable', code, 0));
	const turnOff = add(vscode.l10n.t('Turn off {0} in the settings', code));
	turnOff.command = { command: 'promptWorkshop.turnOffLintRule', title: turnOff.title, arguments: [code] };
	return actions;
}

/** Adds the rule to such a comment on the line before, or on the line itself at the top; else writes one there. */
function disable(
	document: vscode.TextDocument,
	edit: vscode.WorkspaceEdit,
	action: 'disable' | 'disable-next-line',
	rule: string,
	line: number,
): void {
	const { text } = document.lineAt(action === 'disable' || line === 0 ? 0 : line - 1);
	const [comment, ids = ''] = new RegExp(`^[ \\t]*<!-- lint-${action}((?: [\\w-]+)+) -->$`).exec(text) ?? [];
	const commentLine = action === 'disable' ? 0 : line - 1;
	if (comment !== undefined && commentLine >= 0) {
		const end = comment.lastIndexOf(ids) + ids.length;
		edit.insert(document.uri, new vscode.Position(commentLine, end), ` ${rule}`);
		return;
	}
	const indentation = /^[ \t]*/.exec(document.lineAt(line).text)?.[0] ?? '';
	const written = `${indentation}<!-- lint-${action} ${rule} -->${endOfLine(document)}`;
	edit.insert(document.uri, new vscode.Position(line, 0), written);
}

function endOfLine({ eol }: vscode.TextDocument): string {
	return eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
}
