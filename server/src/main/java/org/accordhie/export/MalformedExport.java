package org.accordhie.export;

/** An export was asked for in words that have no meaning here. The message names the parameter and repeats no value. */
public final class MalformedExport extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MalformedExport(String message) {
        super(message);
    }
}
