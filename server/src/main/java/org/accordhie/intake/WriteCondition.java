package org.accordhie.intake;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a conditional update, patch or delete is about: whatever of a type has this business identifier. Source: FHIR R4,
 * RESTful API, "Conditional update", "Conditional patch" and "Conditional delete"; of all conditions only this one is understood.
 *
 * @param resourceType the type
 * @param system the identifier's system
 * @param value the identifier's value
 */
public record WriteCondition(String resourceType, String system, String value) {

    /** What to say of another condition. */
    public static final String FORM = "`identifier=[system]|[value]`; other conditions are not supported";

    private static final String IDENTIFIER = "identifier";

    /** They say how the answer is written, and nothing of what is meant. */
    private static final Set<String> OF_THE_ANSWER = Set.of("_format", "_pretty");

    /** A comma would be an alternative, and a backslash takes its meaning from what follows. */
    private static final Pattern TOKEN = Pattern.compile("([^|,&\\\\]++)\\|([^|,&\\\\]++)");

    /**
     * The condition in an address.
     *
     * @param parameters of the address, decoded
     * @return empty if they are any other condition
     */
    public static Optional<WriteCondition> of(String resourceType, Map<String, List<String>> parameters) {
        var conditions = parameters.entrySet().stream()
                .filter(each -> !OF_THE_ANSWER.contains(each.getKey()))
                .toList();
        if (conditions.size() != 1 || !conditions.get(0).getKey().equals(IDENTIFIER)) {
            return Optional.empty();
        }
        var values = conditions.get(0).getValue();
        var token = TOKEN.matcher(values.size() == 1 ? values.get(0) : "");
        return token.matches()
                ? Optional.of(new WriteCondition(resourceType, token.group(1), token.group(2)))
                : Optional.empty();
    }

    /**
     * The condition in an address as an entry of a bundle has it.
     *
     * @param address {@code [type]?identifier=[system]|[value]}, escaped or not
     * @return empty if it has any other condition or none
     */
    public static Optional<WriteCondition> parse(String address) {
        var parts = address.split("\\?", 2);
        if (parts.length < 2 || parts[0].contains("/")) {
            return Optional.empty();
        }
        var parameters = new TreeMap<String, List<String>>();
        for (var parameter : parts[1].split("&", -1)) {
            var pair = parameter.split("=", 2);
            parameters
                    .computeIfAbsent(decoded(pair[0]), name -> new ArrayList<>())
                    .add(pair.length == 1 ? "" : decoded(pair[1]));
        }
        return of(parts[0], parameters);
    }

    /** As an address that {@link #parse} reads. */
    public String address() {
        return resourceType + "?" + IDENTIFIER + "=" + URLEncoder.encode(token(), StandardCharsets.UTF_8);
    }

    /** As a reference by identifier, which storage is asked for. */
    public String reference() {
        return resourceType + "?" + IDENTIFIER + "=" + token();
    }

    /**
     * Whether a resource bears the identifier.
     *
     * @param identifiers the resource's, each as {@code [system]|[value]}
     */
    public boolean isMetBy(List<String> identifiers) {
        return identifiers.contains(token());
    }

    /** These, as references. */
    public static Set<String> references(Set<WriteCondition> conditions) {
        return conditions.stream().map(WriteCondition::reference).collect(Collectors.toSet());
    }

    private String token() {
        return system + "|" + value;
    }

    /** What is no escape is taken as it stands, and then is no identifier that anything has. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException noEscape) {
            return "|" + text;
        }
    }
}
