import { html, nothing, svg, type TemplateResult } from 'lit';
import type { Interval } from '../../common/comparison.ts';
import { visibleText } from '../../common/visibleText.ts';

/** One rate of a chart, with its interval as an error bar. */
export interface ChartPoint {
	/** What is opened. */
	key: string;
	/** Points of one series are joined by a line. */
	series: string;
	/** Points of one column stand beside each other. */
	column: string;
	/** Shares from 0 to 1. */
	rate: number;
	interval: Interval;
	title: string;
	/** It stands out, as the one that is shown. */
	isMarked: boolean;
	/** A word above the column. */
	mark: string;
}

/** In units of the drawing, which is stretched to the width that there is, within limits. */
const columnWidth = 44;
const height = 200;
const margin = { left: 44, right: 16, top: 18, bottom: 8 };
/** Shapes, so that series are not told apart by colour alone; further ones begin again. */
const shapes = ['M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0Z', 'M-4 -4H4V4H-4Z', 'M0 -5L5 4H-5Z', 'M0 -5L5 0L0 5L-5 0Z'];

/**
 * Pass rates over columns of equal width, oldest first, each with its interval. It is hidden from screen readers: its table
 * stands below it and has the same numbers and buttons.
 */
export function rateChart({
	points,
	open,
}: {
	points: readonly ChartPoint[];
	open: (key: string) => void;
}): TemplateResult {
	const columns = [...new Set(points.map(({ column }) => column))];
	const series = [...new Set(points.map((point) => point.series))];
	const width = margin.left + margin.right + columns.length * columnWidth;
	const spread = Math.min(8, (columnWidth - 12) / Math.max(1, series.length));
	const placed = points.map((point) => {
		const at = series.indexOf(point.series);
		const offset = (at - (series.length - 1) / 2) * spread;
		const x = margin.left + (columns.indexOf(point.column) + 0.5) * columnWidth + offset;
		return { ...point, at, x, y: yOf(point.rate) };
	});
	return html`<div class="chart" aria-hidden="true">
		<svg viewBox="0 0 ${width} ${height}" width=${width} height=${height}>
			${[0, 0.25, 0.5, 0.75, 1].map(
				(share) => svg`<path class="chart-grid" d="M${margin.left} ${yOf(share)}H${width - margin.right}" />
					<text class="chart-label" x=${margin.left - 6} y=${yOf(share) + 4} text-anchor="end">${share * 100} %</text>`,
			)}
			${series.map((name, at) => {
				const line = placed.filter((point) => point.series === name).map(({ x, y }) => `${x} ${y}`);
				return line.length > 1
					? svg`<path class="chart-line chart-${at % 4}" d="M${line.join('L')}" />`
					: nothing;
			})}
			${placed.map(
				({ key, at, x, y, interval: [low, high], title, isMarked, mark }) => svg`<g
					class="chart-point chart-${at % 4} ${isMarked ? 'chart-marked' : ''}"
					@click=${() => open(key)}
				>
					<title>${title}</title>
					<rect class="chart-target" x=${x - 7} y=${yOf(high) - 7} width="14" height=${yOf(low) - yOf(high) + 14} />
					<path class="chart-bar" d="M${x} ${yOf(low)}V${yOf(high)}M${x - 3} ${yOf(low)}h6M${x - 3} ${yOf(high)}h6" />
					<path class="chart-shape" transform="translate(${x} ${y})" d=${shapes[at % 4] ?? ''} />
					${mark === '' ? nothing : svg`<text class="chart-label" x=${x} y="10" text-anchor="middle">${mark}</text>`}
				</g>`,
			)}
		</svg>
		${
			series.length < 2
				? nothing
				: html`<p class="chart-legend">
						${series.map(
							(name, at) =>
								html`<span class="chart-${at % 4}"
									><svg viewBox="-6 -6 12 12" width="12" height="12">
										<path class="chart-shape" d=${shapes[at % 4] ?? ''} />
									</svg>
									${visibleText(name)}</span
								>`,
						)}
					</p>`
		}
	</div>`;
}

function yOf(share: number): number {
	return Number((margin.top + (1 - share) * (height - margin.top - margin.bottom)).toFixed(2));
}
