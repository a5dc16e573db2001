package org.accordhie.export;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file of an export: so many resources of one type.
 *
 * @param type their type
 * @param number counted from 1 within the type
 */
public record ExportFile(String type, int number) {

    private static final Pattern NAME = Pattern.compile("([A-Z][A-Za-z]{1,63})-([1-9][0-9]{0,8})");

    /** As addresses carry it. */
    public String name() {
        return type + "-" + number;
    }

    /** Empty if the text is not exactly a name. */
    public static Optional<ExportFile> parse(String name) {
        var match = NAME.matcher(name);
        return match.matches()
                ? Optional.of(new ExportFile(match.group(1), Integer.parseInt(match.group(2))))
                : Optional.empty();
    }
}
