/** An open tag before the cursor: its mark, and what is typed of its name. */
export const openTag = /\{\{\{?[ \t]*([#^/&]?)[ \t]*([\p{L}\p{M}\p{N}_.-]*)$/u;
