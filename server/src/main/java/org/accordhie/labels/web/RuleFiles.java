package org.accordhie.labels.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.accordhie.labels.LabelRuleFile;
import org.accordhie.labels.LabelRuleReader;
import org.accordhie.labels.LabelRules;
import org.accordhie.labels.MalformedLabelRules;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Reads the rule files: the one that is shipped, and the one an operator may add. */
public final class RuleFiles {

    private static final String SHIPPED = "/org/accordhie/labels/rules.yaml";

    private RuleFiles() {}

    /**
     * The rules of both files.
     *
     * @param additional a file of the operator's; null for none
     * @throws MalformedLabelRules naming the file and the place
     */
    public static LabelRules read(@Nullable Path additional) {
        var shipped = read("the shipped rules", RuleFiles::shipped);
        if (additional == null) {
            return LabelRules.of(List.of(shipped));
        }
        if (!Files.isReadable(additional)) {
            throw new MalformedLabelRules(additional.toString(), "cannot be read (`accord.labels.rules` names it)");
        }
        var own = read(additional.toString(), () -> Files.newInputStream(additional));
        return named(
                additional.toString(),
                () -> LabelRules.of(Stream.of(shipped, own).toList()));
    }

    private static InputStream shipped() {
        return Objects.requireNonNull(RuleFiles.class.getResourceAsStream(SHIPPED), SHIPPED);
    }

    private static LabelRuleFile read(String file, Content content) {
        try (var input = content.open()) {
            var options = new LoaderOptions();
            options.setAllowDuplicateKeys(false);
            Object tree = new Yaml(new SafeConstructor(options)).load(input);
            return named(file, () -> LabelRuleReader.read(tree));
        } catch (MarkedYAMLException malformed) {
            var mark = malformed.getProblemMark();
            throw new MalformedLabelRules(
                    file + (mark == null ? "" : " line " + (mark.getLine() + 1)),
                    String.valueOf(malformed.getProblem()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static <T> T named(String file, java.util.function.Supplier<T> reading) {
        try {
            return reading.get();
        } catch (MalformedLabelRules malformed) {
            throw new MalformedLabelRules(file, String.valueOf(malformed.getMessage()));
        }
    }

    /** What a file holds. */
    private interface Content {
        InputStream open() throws IOException;
    }
}
