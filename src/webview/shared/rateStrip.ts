import { html, svg, type TemplateResult } from 'lit';
import type { Interval } from '../../common/comparison.ts';

/** One rate of a strip, with its interval as an error bar. */
export interface StripPoint {
	/** What is opened. */
	key: string;
	series: string;
	/** Shares from 0 to 1. */
	rate: number;
	interval: Interval;
	title: string;
}

const step = 12;
const height = 44;

/**
 * A small chart for a row of a table: pass rates, oldest first, with their intervals, on a scale from 0 to 100 %. It is hidden
 * from screen readers: the newest rate stands beside it, and the report of a run has all of them in a table.
 */
export function rateStrip({
	points,
	open,
}: {
	points: readonly StripPoint[];
	open: (key: string) => void;
}): TemplateResult {
	const series = [...new Set(points.map((point) => point.series))];
	const width = points.length * step + 4;
	return html`<svg class="strip" viewBox="0 0 ${width} ${height}" width=${width} height=${height} aria-hidden="true">
		<path class="chart-grid" d="M0 ${yOf(1)}H${width}M0 ${yOf(0)}H${width}" />
		${points.map(({ key, series: name, rate, interval: [low, high], title }, at) => {
			const x = 2 + (at + 0.5) * step;
			return svg`<g class="chart-point chart-${series.indexOf(name) % 4}" @click=${() => open(key)}>
				<title>${title}</title>
				<rect class="chart-target" x=${x - step / 2} y="0" width=${step} height=${height} />
				<path class="chart-bar" d="M${x} ${yOf(low)}V${yOf(high)}" />
				<circle class="chart-shape" cx=${x} cy=${yOf(rate)} r="3" />
			</g>`;
		})}
	</svg>`;
}

function yOf(share: number): number {
	return Number((3 + (1 - share) * (height - 6)).toFixed(2));
}
