/** The key and the headers with which a request is sent. */
export interface Credentials {
	/** 'none' if the server needs no key, because the SDKs require some text. */
	apiKey: string;
	/** All headers except the content type; `${apiKey}` in those of the settings is replaced; null removes one of the SDK's. */
	headers: Record<string, string | null>;
}
