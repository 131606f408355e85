import type { ImportPlan, ImportProtocol } from '../../common/importPlan.ts';
import { Page } from '../shared/page.ts';
import { importView, type ImportIntent } from './importView.ts';

/** The page that shows what an import would store and lose, and asks for consent. */
export class ImportApp extends Page<ImportProtocol, ImportPlan, ImportIntent> {
	protected override readonly nextFocus = ['.import-button'];

	protected override async load(): Promise<void> {
		const { plan, locale } = await this.rpc.call('snapshot', null);
		// With one file everything is shown; the reports of many would hide the list.
		const opened = plan.files.length === 1 ? [0] : [];
		this.take(plan, locale, (kept) => readIntent(kept) ?? { at: 0, left: [], opened, link: plan.link ?? false });
	}

	protected override view(): unknown {
		return importView(this);
	}
}

function readIntent(kept: unknown): ImportIntent | undefined {
	const { at, left, opened, link = false } = (kept ?? {}) as Partial<ImportIntent>;
	const isKept = typeof at === 'number' && Array.isArray(left) && Array.isArray(opened);
	return isKept ? { at, left, opened, link } : undefined;
}
