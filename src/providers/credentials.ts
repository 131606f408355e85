/** The key and the headers with which a request is sent. */
export interface Credentials {
	/** 'none' where the server needs no key: the SDKs insist on some text. */
	apiKey: string;
	/** All headers except the content type, those of the settings with `${apiKey}` replaced; null removes one of the SDK. */
	headers: Record<string, string | null>;
}
