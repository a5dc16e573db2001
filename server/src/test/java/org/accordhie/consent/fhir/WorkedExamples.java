package org.accordhie.consent.fhir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.SecurityLabel;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentDataMeaning;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * The worked examples of a page of the documentation: below each heading that begins with "Example", a consent's provision in
 * YAML with the code systems left out, and a table of questions with their answers.
 */
final class WorkedExamples {

    private static final Pattern EXAMPLE = Pattern.compile("(?m)^### (Example .*)$([\\s\\S]*?)(?=^#{1,3} |\\z)");
    private static final Pattern CONSENT = Pattern.compile("```yaml\\n([\\s\\S]*?)```");

    /** An example: its heading, the consents of Patient/ann, and the questions, each as the cells of its row. */
    record Example(String title, List<Consent> consents, List<List<String>> questions) {}

    private WorkedExamples() {}

    static List<Example> of(Path page) {
        try {
            var examples = new ArrayList<Example>();
            var found = EXAMPLE.matcher(Files.readString(page));
            while (found.find()) {
                examples.add(new Example(found.group(1), consents(found.group(2)), questions(found.group(2))));
            }
            return examples;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<List<String>> questions(String text) {
        return text.lines()
                .filter(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> Arrays.stream(line.substring(1).split("\\|", -1))
                        .map(String::strip)
                        .toList())
                .toList();
    }

    private static List<Consent> consents(String text) {
        var consents = new ArrayList<Consent>();
        var found = CONSENT.matcher(text);
        while (found.find()) {
            consents.add(consent(read(found.group(1))));
        }
        return consents;
    }

    /** Dates stay the text that they are. */
    private static Map<?, ?> read(String yaml) {
        var options = new LoaderOptions();
        var plain = new Resolver() {
            @Override
            protected void addImplicitResolvers() {}
        };
        var dumper = new org.yaml.snakeyaml.DumperOptions();
        return new Yaml(
                        new SafeConstructor(options),
                        new org.yaml.snakeyaml.representer.Representer(dumper),
                        dumper,
                        options,
                        plain)
                .load(yaml);
    }

    private static Consent consent(Map<?, ?> root) {
        var consent = Consents.consent();
        texts(root, "policy").forEach(uri -> consent.addPolicy().setUri(uri));
        consent.setProvision(provision(root));
        return consent;
    }

    private static ProvisionComponent provision(Map<?, ?> read) {
        var provision = new ProvisionComponent();
        texts(read, "type").forEach(type -> provision.setType(ConsentProvisionType.fromCode(type)));
        texts(read, "period").forEach(span -> provision.setPeriod(period(span)));
        texts(read, "dataPeriod").forEach(span -> provision.setDataPeriod(period(span)));
        texts(read, "purpose").forEach(code -> provision.addPurpose(new Coding(PurposeOfUse.SYSTEM, code, null)));
        texts(read, "class").forEach(code -> provision.addClass_(type(code)));
        texts(read, "code").forEach(code -> provision.addCode(Consents.concept(before(code), after(code))));
        texts(read, "securityLabel").forEach(code -> provision.addSecurityLabel(label(code)));
        actors(read, provision);
        for (var meaning : List.of("instance", "related", "dependents", "authoredby")) {
            texts(read, meaning)
                    .forEach(reference -> provision
                            .addData()
                            .setMeaning(ConsentDataMeaning.fromCode(meaning))
                            .setReference(new Reference(reference)));
        }
        list(read, "provision").forEach(each -> provision.addProvision(provision((Map<?, ?>) each)));
        return provision;
    }

    private static void actors(Map<?, ?> read, ProvisionComponent provision) {
        for (var role : List.of("IRCP", "PRCP", "CST", "AUT")) {
            texts(read, role).forEach(reference -> Consents.withActor(provision, role, reference));
        }
    }

    private static Coding type(String code) {
        return code.contains("|")
                ? new Coding(before(code), after(code), null)
                : new Coding("http://hl7.org/fhir/resource-types", code, null);
    }

    private static Coding label(String code) {
        var level = Confidentiality.ofCode(code).isPresent();
        return new Coding(level ? Confidentiality.SYSTEM : SecurityLabel.SENSITIVITY_SYSTEM, code, null);
    }

    private static Period period(String span) {
        var ends = span.split("/", -1);
        var period = new Period();
        if (!ends[0].isEmpty()) {
            period.setStartElement(new DateTimeType(ends[0]));
        }
        if (!ends[1].isEmpty()) {
            period.setEndElement(new DateTimeType(ends[1]));
        }
        return period;
    }

    private static String before(String code) {
        return code.substring(0, code.indexOf('|'));
    }

    private static String after(String code) {
        return code.substring(code.indexOf('|') + 1);
    }

    private static List<String> texts(Map<?, ?> read, String key) {
        return list(read, key).stream().map(String::valueOf).toList();
    }

    private static List<?> list(Map<?, ?> read, String key) {
        if (!read.containsKey(key)) {
            return List.of();
        }
        var value = Objects.requireNonNull(read.get(key), key);
        return value instanceof List<?> several ? several : List.of(value);
    }
}
