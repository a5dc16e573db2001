package org.accordhie.worlds;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeSearchParam;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Values of search parameters: many of them are those of something stored, seen or hidden. */
final class Values {

    private static final FhirContext CONTEXT = FhirContext.forR4Cached();
    private static final List<String> PREFIXES = List.of("", "", "eq", "ne", "gt", "ge", "lt", "le", "sa", "eb");
    private static final List<String> DATES =
            List.of("2026", "2025-01", "2025-01-15", "2026-01-02T10:00:00Z", "1970-05-05", "2020-01-01", "2026-06-30");
    private static final List<String> TOKENS = List.of(
            "38341003",
            "6525002",
            "5602001",
            "44054006",
            "http://snomed.info/sct|6525002",
            "http://snomed.info/sct|",
            "8480-6",
            "http://loinc.org|8480-6",
            "8462-4",
            "AMB",
            "finished",
            "final",
            "active",
            "encounter-diagnosis",
            "vital-signs",
            "male",
            "female",
            "ETH",
            "R",
            "true",
            "nothing-like-it");
    private static final List<String> TOKEN_MODIFIERS =
            List.of("", "", "", ":not", ":missing", ":text", ":in", ":below", ":not-in");
    private static final List<String> STRING_MODIFIERS = List.of("", "", ":exact", ":contains", ":missing");

    private static final Set<String> USUAL = Set.of(
            "code",
            "patient",
            "subject",
            "encounter",
            "identifier",
            "family",
            "name",
            "birthdate",
            "date",
            "result",
            "value-quantity");

    private final Cast cast;
    private final List<String> identifiers;
    private final Random random;

    Values(Cast cast, List<String> identifiers, Random random) {
        this.cast = cast;
        this.identifiers = identifiers;
        this.random = random;
    }

    /** Any parameter of a type. */
    RuntimeSearchParam parameter(String type) {
        return often(parameters(type));
    }

    /** A parameter of a type that leads to other resources, if it has one. */
    RuntimeSearchParam reference(String type) {
        var references = parameters(type).stream()
                .filter(parameter -> parameter.getParamType().getCode().equals("reference"))
                .toList();
        return often(references.isEmpty() ? parameters(type) : references);
    }

    /** Mostly one that is asked of what is stored. */
    private RuntimeSearchParam often(List<RuntimeSearchParam> some) {
        var usual = some.stream()
                .filter(parameter -> USUAL.contains(parameter.getName()))
                .toList();
        return usual.isEmpty() || random.nextInt(3) == 0 ? pick(some) : pick(usual);
    }

    private static List<RuntimeSearchParam> parameters(String type) {
        return CONTEXT.getResourceDefinition(type).getSearchParams().stream()
                .filter(parameter -> parameter.getPath() != null)
                .toList();
    }

    /** A criterion, as name and value. */
    List<String> criterion(RuntimeSearchParam parameter) {
        var name = parameter.getName();
        return switch (parameter.getParamType()) {
            case TOKEN -> token(name);
            case STRING -> string(name);
            case DATE -> List.of(name, pick(PREFIXES) + pick(DATES));
            case REFERENCE -> toReference(parameter);
            case QUANTITY ->
                List.of(name, pick(PREFIXES) + random.nextInt(80, 190) + (random.nextBoolean() ? "" : ".5"));
            case NUMBER -> List.of(name, pick(PREFIXES) + random.nextInt(5));
            case URI -> List.of(name, "urn:worlds:nothing");
            case COMPOSITE -> List.of(name, pick(Story.MEASURES) + "$gt" + random.nextInt(80, 190));
            default -> List.of(name, "x");
        };
    }

    private List<String> token(String name) {
        if (name.equals("identifier")) {
            return List.of(name, identifier());
        }
        if (name.equals("code") && random.nextBoolean()) {
            return List.of(name, random.nextInt(3) == 0 ? pick(Story.MEASURES) : pick(Story.DIAGNOSES));
        }
        var modifier = pick(TOKEN_MODIFIERS);
        return switch (modifier) {
            case ":missing" -> List.of(name + modifier, String.valueOf(random.nextBoolean()));
            case ":in" -> List.of(name + modifier, "urn:worlds:no-value-set");
            default -> List.of(name + modifier, pick(TOKENS) + (random.nextInt(5) == 0 ? "," + pick(TOKENS) : ""));
        };
    }

    String identifier() {
        return pick(List.of("urn:worlds:person|", "urn:worlds:visit|", "")) + pick(identifiers);
    }

    private List<String> string(String name) {
        var modifier = pick(STRING_MODIFIERS);
        if (modifier.equals(":missing")) {
            return List.of(name + modifier, String.valueOf(random.nextBoolean()));
        }
        var word = random.nextBoolean() ? pick(Story.FAMILIES) : pick(Story.GIVEN);
        return List.of(name + modifier, random.nextInt(3) == 0 ? word.substring(0, 2) : word);
    }

    private List<String> toReference(RuntimeSearchParam parameter) {
        var targets = parameter.getTargets().stream()
                .filter(Cast.TYPES::contains)
                .sorted()
                .toList();
        var type = targets.isEmpty() ? "Patient" : pick(targets);
        var thing = cast.any(type, random);
        return switch (random.nextInt(5)) {
            case 0 -> List.of(parameter.getName(), "{{" + thing.name() + "}}");
            case 1 -> List.of(parameter.getName() + ":missing", String.valueOf(random.nextBoolean()));
            case 2 -> List.of(parameter.getName() + ":" + type, "{{" + thing.name() + "}}");
            default -> List.of(parameter.getName(), thing.address());
        };
    }

    /** A chain out of a type, as name and value. */
    List<String> chain(String type) {
        var first = reference(type);
        var targets = first.getTargets().stream()
                .filter(Cast.TYPES::contains)
                .sorted()
                .toList();
        var target = targets.isEmpty() ? "Patient" : pick(targets);
        var link = first.getName() + (random.nextBoolean() ? "" : ":" + target) + ".";
        if (random.nextInt(6) == 0) {
            return List.of(link + "_id", "{{" + cast.any(target, random).name() + "}}");
        }
        var rest = random.nextInt(4) == 0 ? chain(target) : criterion(parameter(target));
        return List.of(link + rest.get(0), rest.get(1));
    }

    /** A reverse chain into a type, as name and value. */
    List<String> reverse(String type) {
        var from = pick(Cast.TYPES.subList(1, Cast.TYPES.size()));
        var link = reference(from);
        var start = "_has:" + from + ":" + link.getName() + ":";
        if (random.nextInt(5) == 0) {
            return List.of(start + "_id", "{{" + cast.any(from, random).name() + "}}");
        }
        var rest = random.nextInt(5) == 0 ? reverse(from) : criterion(parameter(from));
        return List.of(start + rest.get(0), rest.get(1));
    }

    <T> T pick(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }
}
