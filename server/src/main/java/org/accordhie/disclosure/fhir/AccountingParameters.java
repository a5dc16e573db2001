package org.accordhie.disclosure.fhir;

import java.time.Instant;
import java.util.Date;
import java.util.TreeSet;
import org.accordhie.disclosure.AccountingEntry;
import org.accordhie.disclosure.AccountingRule;
import org.accordhie.disclosure.Basis;
import org.accordhie.disclosure.Disclosure;
import org.accordhie.disclosure.Disclosure.Place;
import org.accordhie.disclosure.PlainWords;
import org.accordhie.disclosure.Recipient;
import org.accordhie.disclosure.Suspension;
import org.accordhie.disclosure.Told;
import org.accordhie.vocabulary.PurposeOfUse;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.hl7.fhir.r4.model.UriType;
import org.jspecify.annotations.Nullable;

/** Writes accountings, reports of accesses and suspensions as Parameters. */
public final class AccountingParameters {

    private AccountingParameters() {}

    /** An accounting, with the events that its rows begin with. */
    public static Parameters accounting(AccountingRule rule, Told<AccountingEntry> told, String next) {
        var parameters = new Parameters();
        parameters.addParameter("rule", new CodeType(rule.code()));
        parameters.addParameter("citation", rule.citation());
        head(parameters, told, next);
        for (var entry : told.rows()) {
            var row = parameters.addParameter().setName("disclosure");
            var first = entry.first();
            about(row, first);
            part(row, "description", new StringType(PlainWords.contents(first.contents())));
            if (entry.count() > 1) {
                part(row, "count", new IntegerType(entry.count()));
                part(row, "last", instant(entry.last()));
            }
            if (first.place() == Place.EXCHANGE) {
                part(row, "event", new Reference("AuditEvent/" + first.id()));
            }
        }
        return parameters;
    }

    /** A report of accesses, newest first. */
    public static Parameters accesses(Told<Disclosure> told, String next) {
        var parameters = new Parameters();
        head(parameters, told, next);
        for (var access : told.rows()) {
            var row = parameters.addParameter().setName("access");
            about(row, access);
            if (access.reason().emergency()) {
                part(row, "emergency", new BooleanType(true));
            }
            for (var content : access.contents()) {
                var kind = part(row, "kind", null);
                part(kind, "words", new StringType(PlainWords.kind(content.kind())));
                part(kind, "count", new IntegerType(content.count()));
            }
        }
        return parameters;
    }

    /** The suspensions of a patient that are open. */
    public static Parameters suspensions(Iterable<Suspension> open) {
        var parameters = new Parameters();
        for (var suspension : open) {
            var row = parameters.addParameter().setName("suspension");
            part(row, "id", new StringType(suspension.id()));
            part(row, "agency", new StringType(suspension.agency()));
            part(row, "stated", instant(suspension.from()));
            part(row, "until", instant(suspension.until()));
            part(row, "statement", new StringType(suspension.statement()));
            part(row, "oral", new BooleanType(suspension.oral()));
        }
        return parameters;
    }

    private static void head(Parameters parameters, Told<?> told, String next) {
        parameters.addParameter().setName("patient").setValue(new Reference(told.patient()));
        parameters
                .addParameter()
                .setName("start")
                .setValue(instant(told.period().from()));
        parameters.addParameter().setName("end").setValue(instant(told.period().until()));
        parameters.addParameter().setName("asked").setValue(instant(told.asked()));
        parameters.addParameter().setName("total").setValue(new IntegerType(told.total()));
        if (!next.isEmpty()) {
            parameters.addParameter().setName("next").setValue(new UriType(next));
        }
    }

    private static void about(ParametersParameterComponent row, Disclosure disclosure) {
        var recipient = disclosure.recipient();
        part(row, "date", instant(disclosure.at()));
        part(row, "recipient", reference(recipient));
        if (!recipient.address().isEmpty()) {
            part(row, "address", new StringType(recipient.address()));
        }
        part(row, "purpose", new StringType(PlainWords.reason(disclosure.reason())));
        for (var purpose : new TreeSet<>(disclosure.reason().purposes())) {
            part(row, "code", new Coding(PurposeOfUse.SYSTEM, purpose.name(), null));
        }
        var basis = disclosure.reason().basis();
        if (basis != Basis.NOT_STATED) {
            part(row, "code", new Coding(Basis.SYSTEM, basis.code(), null));
        }
        if (disclosure.place() != Place.EXCHANGE) {
            part(row, "elsewhere", new BooleanType(true));
        }
    }

    private static Reference reference(Recipient recipient) {
        var reference = new Reference().setDisplay(recipient.name());
        return recipient.reference().isEmpty() ? reference : reference.setReference(recipient.reference());
    }

    private static InstantType instant(Instant instant) {
        var written = new InstantType(Date.from(instant));
        written.setTimeZoneZulu(true);
        return written;
    }

    private static ParametersParameterComponent part(
            ParametersParameterComponent of, String name, @Nullable Type value) {
        var part = of.addPart().setName(name);
        return value == null ? part : part.setValue(value);
    }
}
