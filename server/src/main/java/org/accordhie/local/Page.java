package org.accordhie.local;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** The pages people see who launch an app: templates beside this class. All of them say that this is for development only. */
enum Page {
    SIGN_IN("sign-in"),
    PATIENT_PICKER("patient-picker"),
    SCOPES("scopes"),
    NOTICE("notice");

    private static final SpringTemplateEngine ENGINE = engine();

    private final String template;

    Page(String template) {
        this.template = template;
    }

    /** Writes the page with these values. */
    void write(HttpServletResponse response, int status, Map<String, Object> values) throws IOException {
        response.setStatus(status);
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        var text = ENGINE.process(template, new Context(Locale.ENGLISH, values));
        response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static SpringTemplateEngine engine() {
        var templates = new ClassLoaderTemplateResolver(Page.class.getClassLoader());
        templates.setPrefix("org/accordhie/local/pages/");
        templates.setSuffix(".html");
        templates.setTemplateMode(TemplateMode.HTML);
        templates.setCharacterEncoding(StandardCharsets.UTF_8.name());
        var engine = new SpringTemplateEngine();
        engine.setTemplateResolver(templates);
        return engine;
    }
}
