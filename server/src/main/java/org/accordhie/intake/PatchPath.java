package org.accordhie.intake;

import java.util.regex.Pattern;

/**
 * Where an operation of a patch applies. Of FHIRPath only what leads to an element is understood: names, indexes,
 * {@code extension()}, {@code ofType()}, {@code first()}, {@code last()} and a plain {@code where()}. The rest of the
 * language can search, match and compute at any cost, and a patch needs none of it.
 *
 * <p>Source: FHIR R4, FHIRPath Patch; RFC 6901, JSON Pointer.
 */
public final class PatchPath {

    private static final int LONGEST = 512;

    private static final String NAME = "[A-Za-z][A-Za-z0-9]{0,63}+";
    private static final String INDEX = "(?:\\[[0-9]{1,4}+])?";
    private static final String TEXT = "'[^'\\\\]*+'";
    private static final String LITERAL = "(?:" + TEXT + "|true|false|[0-9]{1,9}+(?:\\.[0-9]{1,9}+)?)";
    private static final String CRITERION = NAME + "(?:\\." + NAME + ")*+ ?!?= ?" + LITERAL;
    private static final String STEP = "(?:where\\(" + CRITERION + "(?: (?:and|or) " + CRITERION + ")*+\\)"
            + "|extension\\(" + TEXT + "\\)|ofType\\(" + NAME + "\\)|(?:first|last)\\(\\)|" + NAME + ")" + INDEX;

    private static final Pattern SIMPLE = Pattern.compile(NAME + INDEX + "(?:\\." + STEP + ")*+");
    private static final Pattern POINTER = Pattern.compile("(?:/[A-Za-z0-9_-]{1,64}+)*+");
    private static final Pattern TEXTS = Pattern.compile("'[^']*+'");

    private PatchPath() {}

    /** Whether a FHIRPath is one of those that are understood. */
    public static boolean isSimple(String path) {
        return path.length() <= LONGEST && SIMPLE.matcher(path).matches();
    }

    /** Whether a pointer is short enough to be followed. */
    public static boolean isPointer(String pointer) {
        return pointer.length() <= LONGEST && (pointer.isEmpty() || pointer.startsWith("/"));
    }

    /** The element that a simple path leads into, whose child its last step names; empty where it has one step alone. */
    public static String parentOf(String path) {
        var dot = path.lastIndexOf('.');
        return dot < 0 ? "" : path.substring(0, dot);
    }

    /** The path as an answer may repeat it: names and numbers without any text; empty for what is no path. */
    public static String told(String path) {
        if (isSimple(path)) {
            return TEXTS.matcher(path).replaceAll("'…'");
        }
        return isPointer(path) && POINTER.matcher(path).matches() ? path : "";
    }
}
