package org.accordhie.fhirserver.gate;

/**
 * Where in a body something is wrong; holds element names and numbers, never a value.
 *
 * @param path a FHIRPath such as {@code Bundle.entry[3].resource}; it ends early at a name that is not FHIR's, and is
 *     empty where nothing can be named
 * @param line counted from 1
 * @param column counted from 1, in characters
 */
public record Place(String path, int line, int column) {

    /** The place of a byte, found by counting from the start, which happens once for a refused body. */
    static Place at(String path, byte[] body, int offset) {
        var line = 1;
        var column = 1;
        for (var i = 0; i < offset; i++) {
            if (body[i] == '\n') {
                line++;
                column = 1;
            } else if (!Utf8.isContinuation(body[i])) {
                column++;
            }
        }
        return new Place(path, line, column);
    }

    @Override
    public String toString() {
        return path + (path.isEmpty() ? "" : ", ") + "line " + line + ", column " + column;
    }
}
