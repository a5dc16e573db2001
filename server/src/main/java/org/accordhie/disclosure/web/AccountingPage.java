package org.accordhie.disclosure.web;

import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.accordhie.disclosure.AccountingEntry;
import org.accordhie.disclosure.AccountingRule;
import org.accordhie.disclosure.Disclosure;
import org.accordhie.disclosure.Disclosure.Place;
import org.accordhie.disclosure.PlainWords;
import org.accordhie.disclosure.Recipient.Standing;
import org.accordhie.disclosure.Told;
import org.hl7.fhir.r4.model.Binary;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** An accounting, or a report of accesses, as a page to be printed: the same rows, in plain words, without any script. */
enum AccountingPage {
    ACCOUNTING("accounting"),
    ACCESSES("accesses");

    private static final String HTML = "text/html";
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH);

    private static final SpringTemplateEngine ENGINE = engine();

    private final String template;

    AccountingPage(String template) {
        this.template = template;
    }

    /** Whether a page is asked for rather than a resource. */
    static boolean isAskedFor(ServletRequestDetails request) {
        var formats = request.getParameters().get("_format");
        var asked = formats == null || formats.length == 0 ? accepted(request) : formats[0];
        return asked.equals("html") || asked.startsWith(HTML);
    }

    private static String accepted(ServletRequestDetails request) {
        return Objects.requireNonNullElse(request.getHeader("Accept"), "").strip();
    }

    static Binary accounting(AccountingRule rule, Told<AccountingEntry> told, ServletRequestDetails request) {
        var values = head(told);
        values.put("citation", rule.citation());
        values.put("years", rule.years());
        values.put("part2", rule == AccountingRule.PART_2);
        values.put("rows", told.rows().stream().map(AccountingPage::row).toList());
        return ACCOUNTING.page(values, request);
    }

    static Binary accesses(Told<Disclosure> told, ServletRequestDetails request) {
        var values = head(told);
        values.put("rows", told.rows().stream().map(AccountingPage::row).toList());
        return ACCESSES.page(values, request);
    }

    private static Map<String, Object> head(Told<?> told) {
        var values = new HashMap<String, Object>();
        values.put("patient", told.patient());
        values.put("from", DAY.format(told.period().from().atOffset(ZoneOffset.UTC)));
        values.put("until", minute(told.period().until()));
        values.put("asked", minute(told.asked()));
        values.put("total", told.total());
        values.put("first", told.offset() + 1);
        values.put("last", told.offset() + told.rows().size());
        return values;
    }

    private static Map<String, String> row(AccountingEntry entry) {
        var row = row(entry.first());
        row.put(
                "repeated",
                entry.count() > 1
                        ? entry.count() + " times in this period; the last time on " + minute(entry.last())
                        : "");
        return row;
    }

    private static Map<String, String> row(Disclosure disclosure) {
        var recipient = disclosure.recipient();
        var row = new HashMap<String, String>();
        row.put("date", minute(disclosure.at()));
        row.put("name", recipient.standing() == Standing.INDIVIDUAL ? "You, or your own app" : recipient.name());
        row.put("address", recipient.address());
        row.put("what", PlainWords.contents(disclosure.contents()));
        row.put("why", PlainWords.reason(disclosure.reason()));
        row.put("emergency", disclosure.reason().emergency() ? "An emergency was declared." : "");
        row.put("where", disclosure.place() == Place.EXCHANGE ? "" : "Not through this exchange, but reported to it.");
        return row;
    }

    private static String minute(Instant instant) {
        return MINUTE.format(instant.atOffset(ZoneOffset.UTC));
    }

    private Binary page(Map<String, Object> values, ServletRequestDetails request) {
        var text = ENGINE.process(template, new Context(Locale.ENGLISH, values));
        var response = request.getResponse();
        response.addHeader("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
        response.addHeader("Cache-Control", "no-store");
        response.addHeader("X-Content-Type-Options", "nosniff");
        // HAPI sends the page itself only if nothing in the request speaks for FHIR, not even the form of a body.
        request.setHeaders("Accept", List.of(HTML));
        request.setHeaders("Content-Type", List.of());
        var page = new Binary();
        page.setContentType(HTML + ";charset=UTF-8");
        page.setContent(text.getBytes(StandardCharsets.UTF_8));
        return page;
    }

    private static SpringTemplateEngine engine() {
        var templates = new ClassLoaderTemplateResolver(AccountingPage.class.getClassLoader());
        templates.setPrefix("org/accordhie/disclosure/web/");
        templates.setSuffix(".html");
        templates.setTemplateMode(TemplateMode.HTML);
        templates.setCharacterEncoding(StandardCharsets.UTF_8.name());
        var engine = new SpringTemplateEngine();
        engine.setTemplateResolver(templates);
        return engine;
    }
}
