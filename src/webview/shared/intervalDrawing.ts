import { nothing, svg, html, type TemplateResult } from 'lit';
import type { Interval } from '../../common/comparison.ts';

/**
 * An interval as a line on a scale, with its middle value as a mark. The numbers stand beside it, so that it is hidden from
 * screen readers. `scale`: values at both ends; `zero`: a value with a line of its own.
 */
export function intervalDrawing(
	value: number,
	[low, high]: Interval,
	scale: { from: number; to: number; zero?: number },
): TemplateResult {
	const place = (at: number) => Number((((at - scale.from) / (scale.to - scale.from)) * 100).toFixed(2));
	const zero = scale.zero === undefined ? undefined : place(scale.zero);
	return html`<svg class="interval" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
		${zero === undefined ? nothing : svg`<path class="zero" d="M${zero} 0V12" />`}
		<path class="scale" d="M0 6H100M0 3V9M100 3V9" />
		<path class="range" d="M${place(low)} 6H${place(high)}" />
		<path class="value" d="M${place(value)} 1V11" />
	</svg>`;
}

/** Half the width of a scale around 0 that holds these intervals: 10, 20, 50 or 100 points. */
export function scaleAround(intervals: readonly Interval[]): number {
	const most = Math.max(0, ...intervals.flatMap((ends) => ends.map(Math.abs)));
	return [0.1, 0.2, 0.5].find((half) => most <= half) ?? 1;
}
