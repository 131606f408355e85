import * as l10n from '@vscode/l10n';
import type { ModelInfo } from './provider.ts';

/**
 * Makes one line on a model for a list: what the provider says of it, its context, and the price that its server states. Made
 * once for a list, because the formats of a language take long to build.
 */
export function modelDescriber(locale: string): (model: ModelInfo) => string {
	const tokens = new Intl.NumberFormat(locale, { notation: 'compact' });
	const money = new Intl.NumberFormat(locale, {
		style: 'currency',
		currency: 'USD',
		currencyDisplay: 'narrowSymbol',
		maximumFractionDigits: 4,
		trailingZeroDisplay: 'stripIfInteger',
	});
	return ({ detail, contextTokens, price, shutsDown, isDeprecated }) => {
		const parts = detail === undefined ? [] : [detail];
		if (shutsDown !== undefined) {
			parts.push(l10n.t('shuts down on {0}', shutsDown));
		} else if (isDeprecated) {
			parts.push(l10n.t('deprecated'));
		}
		if (contextTokens !== undefined) {
			parts.push(l10n.t('{0} tokens of context', tokens.format(contextTokens)));
		}
		if (price) {
			const { input, output } = price;
			parts.push(
				input === 0 && output === 0
					? l10n.t('free')
					: l10n.t('{0} in and {1} out per million tokens', money.format(input), money.format(output)),
			);
		}
		return parts.join(' · ');
	};
}
