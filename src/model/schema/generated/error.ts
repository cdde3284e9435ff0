// Generated from schemas/error.schema.json by `npm run generate`. Do not edit.

/**
 * What a command prints on stdout with --json if it fails.
 */
export interface ErrorDocument {
  error: {
    /**
     * One of the error codes of README.md.
     */
    code: string;
    /**
     * Exit code of the command.
     */
    exit: number;
    message: string;
    /**
     * One thing to do.
     */
    remedy: string;
    problems: {
      /**
       * File and line, source or address.
       */
      where: string;
      what: string;
    }[];
  };
}
