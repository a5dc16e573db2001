package org.accordhie.audit.web;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.accordhie.audit.AccessRecord.Outcome;
import org.accordhie.audit.RestfulInteraction;
import org.accordhie.audit.TrailQuery.Condition;
import org.accordhie.audit.TrailQuery.Element;
import org.accordhie.audit.TrailReach;
import org.accordhie.audit.fhir.AuditEventWriter;
import org.accordhie.fhirserver.Parameters;
import org.accordhie.vocabulary.PurposeOfUse;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAction;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceSearchParamComponent;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.jspecify.annotations.Nullable;

/**
 * The search parameters of AuditEvent that say what records must be about. Source: FHIR R4, AuditEvent; {@code purpose} is
 * R5's, since R4 has none.
 */
final class TrailCriteria {

    /** The parameter that is read as {@link org.accordhie.audit.RecordedSpan}. */
    static final String DATE = "date";

    private static final String CLIENT = "agent:identifier";

    private static final List<Told> TOLD = List.of(
            new Told("_id", SearchParamType.TOKEN, "the event's id"),
            new Told("patient", SearchParamType.REFERENCE, "a patient concerned"),
            new Told(DATE, SearchParamType.DATE, "when the access was decided"),
            new Told(
                    "agent",
                    SearchParamType.REFERENCE,
                    "the organisation or the user who asked, as [type]/[id]; the client as agent:identifier=[client id]"),
            new Told(
                    "entity",
                    SearchParamType.REFERENCE,
                    "a resource released or written or a consent that decided, as [type]/[id], with or without its version,"
                            + " or a patient concerned"),
            new Told(
                    "address",
                    SearchParamType.STRING,
                    "the beginning of the client's network address; the whole of it as address:exact"),
            new Told("purpose", SearchParamType.TOKEN, "the purpose of use; the parameter of FHIR R5"),
            new Told("outcome", SearchParamType.TOKEN, "0 carried out, 4 refused, 8 failed"),
            new Told("type", SearchParamType.TOKEN, "rest, which every event is"),
            new Told("subtype", SearchParamType.TOKEN, "the RESTful interaction"),
            new Told("action", SearchParamType.TOKEN, "C, R, U, D or E"));

    private static final Pattern REFERENCE =
            Pattern.compile("([A-Z][A-Za-z]{1,63}/[A-Za-z0-9.-]{1,64})(/_history/[A-Za-z0-9.-]{1,64})?");

    private static final Pattern BARE_ID = Pattern.compile("[A-Za-z0-9.-]{1,64}");

    private final String base;
    private final Map<String, Function<List<String>, Condition>> readers = Map.ofEntries(
            Map.entry("_id", TrailCriteria::ids),
            Map.entry("patient", this::patients),
            Map.entry("agent", values -> references("agent", Element.AGENT, values)),
            Map.entry(CLIENT, TrailCriteria::clients),
            Map.entry("entity", values -> references("entity", Element.ENTITY, values)),
            Map.entry("address", TrailCriteria::addresses),
            Map.entry("address:exact", values -> new Condition(Element.WHOLE_ADDRESS, Set.copyOf(values))),
            Map.entry("purpose", TrailCriteria::purposes),
            Map.entry("outcome", TrailCriteria::outcomes),
            Map.entry(
                    "type",
                    values -> interactions(values, AuditEventWriter.TYPES, interaction -> AuditEventWriter.REST)),
            Map.entry("subtype", values -> interactions(values, RestfulInteraction.SYSTEM, RestfulInteraction::code)),
            Map.entry(
                    "action",
                    values -> interactions(values, AuditEventAction.E.getSystem(), RestfulInteraction::action)));

    TrailCriteria(String base) {
        this.base = base;
    }

    /** What the CapabilityStatement tells of them. */
    List<CapabilityStatementRestResourceSearchParamComponent> capabilities() {
        return TOLD.stream()
                .map(told -> new CapabilityStatementRestResourceSearchParamComponent()
                        .setName(told.name())
                        .setType(told.type())
                        .setDocumentation(told.documentation()))
                .toList();
    }

    /**
     * Reads the alternatives of one parameter.
     *
     * @throws InvalidRequestException naming the parameter
     */
    Condition read(String name, List<String> values) {
        var reader = readers.get(name);
        if (reader != null) {
            if (values.isEmpty() || values.stream().anyMatch(String::isEmpty)) {
                throw malformed(name);
            }
            return reader.apply(values);
        }
        var plain = name.split("[:.]", 2)[0];
        throw new InvalidRequestException(
                TOLD.stream().anyMatch(told -> told.name().equals(plain))
                        ? "search parameter `" + plain + "` of " + TrailReach.TYPE + " takes no such modifier or chain"
                        : "unknown search parameter `" + Parameters.safe(plain) + "` for " + TrailReach.TYPE);
    }

    static InvalidRequestException malformed(String name) {
        return new InvalidRequestException("the value of `" + Parameters.safe(name) + "` has not its type's form");
    }

    private static Condition ids(List<String> values) {
        return new Condition(
                Element.ID,
                values.stream()
                        .filter(value -> AuditEventRoutes.uuid(value).isPresent())
                        .collect(Collectors.toSet()));
    }

    private Condition patients(List<String> values) {
        var patients = values.stream()
                .map(value -> BARE_ID.matcher(value).matches() ? "Patient/" + value : value)
                .toList();
        return references("patient", Element.PATIENT, patients);
    }

    private Condition references(String name, Element element, List<String> values) {
        return new Condition(
                element, values.stream().map(value -> reference(name, value)).collect(Collectors.toSet()));
    }

    private String reference(String name, String value) {
        var relative = value.startsWith(base + "/") ? value.substring(base.length() + 1) : value;
        if (!REFERENCE.matcher(relative).matches()) {
            throw new InvalidRequestException("the value of `" + name + "` is not `[type]/[id]`");
        }
        return relative;
    }

    private static Condition clients(List<String> values) {
        // Clients have identifiers without a system.
        return new Condition(
                Element.CLIENT,
                values.stream()
                        .map(Token::of)
                        .filter(token ->
                                token.system() == null || token.system().isEmpty())
                        .map(Token::code)
                        .collect(Collectors.toSet()));
    }

    /** As FHIR's strings are compared: without case. */
    private static Condition addresses(List<String> values) {
        return new Condition(
                Element.ADDRESS,
                values.stream().map(value -> value.toLowerCase(Locale.ROOT)).collect(Collectors.toSet()));
    }

    private static Condition purposes(List<String> values) {
        return named(
                Element.PURPOSE,
                values,
                PurposeOfUse.values(),
                (token, purpose) -> token.is(PurposeOfUse.SYSTEM, purpose.name()));
    }

    private static Condition outcomes(List<String> values) {
        var system = AuditEventOutcome._0.getSystem();
        return named(Element.OUTCOME, values, Outcome.values(), (token, outcome) -> token.is(system, outcome.code()));
    }

    private static Condition interactions(
            List<String> values, String system, Function<RestfulInteraction, String> code) {
        return named(
                Element.INTERACTION,
                values,
                RestfulInteraction.values(),
                (token, interaction) -> token.is(system, code.apply(interaction)));
    }

    /** Those of a closed set that one of the tokens means. */
    private static <T extends Enum<T>> Condition named(
            Element element, List<String> values, T[] all, BiPredicate<Token, T> means) {
        var tokens = values.stream().map(Token::of).toList();
        return new Condition(
                element,
                Arrays.stream(all)
                        .filter(each -> tokens.stream().anyMatch(token -> means.test(token, each)))
                        .map(Enum::name)
                        .collect(Collectors.toSet()));
    }

    /** A parameter as the CapabilityStatement tells it. */
    private record Told(String name, SearchParamType type, String documentation) {}

    /**
     * A value of a token parameter. Source: FHIR R4, Search, Token.
     *
     * @param system null for any, empty for none
     * @param code empty for any
     */
    private record Token(@Nullable String system, String code) {

        static Token of(String value) {
            var bar = value.indexOf('|');
            return bar < 0 ? new Token(null, value) : new Token(value.substring(0, bar), value.substring(bar + 1));
        }

        boolean is(String ofSystem, String ofCode) {
            return (system == null || system.equals(ofSystem)) && (code.isEmpty() || code.equals(ofCode));
        }
    }
}
