import * as l10n from '@vscode/l10n';
import { visibleLine } from '../../common/visibleText.ts';

/** The text with non-breaking spaces, so that it stays on one line. */
export function inOneLine(text: string): string {
	return text.replace(/\s/g, '\u00a0');
}

export interface Formatter {
	number(value: number): string;
	/** Milliseconds as seconds or minutes: `0.9 s`, `12 s`, `2 min 5 s`. */
	duration(milliseconds: number): string;
	/** Whole seconds, for a counter that ticks. */
	seconds(milliseconds: number): string;
	/** Token counts: `813`, `5.1k`. */
	tokens(count: number): string;
	/** A share from 0 to 1: `67 %`. */
	percent(share: number): string;
	/** US dollars with as many digits as are useful: `$0.021`. */
	cost(dollars: number): string;
	dateTime(iso: string): string;
}

export function createFormatter(locale: string): Formatter {
	const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
	const tenth = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
	const money = new Intl.NumberFormat(locale, {
		style: 'currency',
		currency: 'USD',
		currencyDisplay: 'narrowSymbol',
		minimumFractionDigits: 2,
		maximumFractionDigits: 2,
	});
	const smallMoney = new Intl.NumberFormat(locale, {
		style: 'currency',
		currency: 'USD',
		currencyDisplay: 'narrowSymbol',
		maximumSignificantDigits: 2,
	});
	const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
	const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
	const minutes = (seconds: number) =>
		l10n.t('{0} min {1} s', whole.format(Math.floor(seconds / 60)), whole.format(seconds % 60));
	return {
		number: (value) => whole.format(value),
		duration(milliseconds) {
			const seconds = Math.max(0, milliseconds) / 1000;
			if (seconds >= 60) {
				return minutes(Math.round(seconds));
			}
			return l10n.t('{0} s', (seconds < 99.95 ? tenth : whole).format(seconds));
		},
		seconds(milliseconds) {
			const seconds = Math.floor(Math.max(0, milliseconds) / 1000);
			return seconds >= 60 ? minutes(seconds) : l10n.t('{0} s', whole.format(seconds));
		},
		tokens: (count) => (count < 1000 ? whole.format(count) : l10n.t('{0}k', tenth.format(count / 1000))),
		percent: (share) => percent.format(share),
		cost: (dollars) => (dollars !== 0 && dollars < 0.1 ? smallMoney : money).format(dollars),
		// An invalid date is shown as it is stored.
		dateTime: (iso) => (Number.isNaN(Date.parse(iso)) ? visibleLine(iso, 40) : date.format(new Date(iso))),
	};
}
