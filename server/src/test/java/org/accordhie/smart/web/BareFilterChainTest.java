package org.accordhie.smart.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.Filter;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletContext;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** The rules of Spring Security hold as before, without a question to Spring MVC before each request. */
class BareFilterChainTest {

    @Configuration
    @EnableWebMvc
    @EnableWebSecurity
    static class Wrapped {

        private final AtomicInteger asked = new AtomicInteger();

        @Bean
        SecurityFilterChain none(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().denyAll())
                    .build();
        }

        @Bean
        HandlerMapping counting() {
            return request -> {
                asked.incrementAndGet();
                return null;
            };
        }
    }

    @Configuration
    @Import({Wrapped.class, BareFilterChain.class})
    static class Bare {}

    @Test
    void springAsksItsHandlerMappingsFirst() throws Exception {
        // Once it no longer does, nothing needs to be taken away.
        assertThat(askedUntilRefused(Wrapped.class)).isPositive();
    }

    @Test
    void hereNobodyIsAsked() throws Exception {
        assertThat(askedUntilRefused(Bare.class)).isZero();
    }

    private static int askedUntilRefused(Class<?> configuration) throws Exception {
        try (var context = new AnnotationConfigWebApplicationContext()) {
            context.setServletContext(new MockServletContext());
            context.register(configuration);
            context.refresh();
            var response = new MockHttpServletResponse();
            var request = new MockHttpServletRequest("GET", "/fhir/Patient/1");

            context.getBean(BareFilterChain.CHAIN, Filter.class).doFilter(request, response, new MockFilterChain());

            assertThat(response.getStatus()).isEqualTo(403);
            return context.getBean(Wrapped.class).asked.get();
        }
    }
}
