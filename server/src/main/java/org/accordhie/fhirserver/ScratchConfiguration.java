package org.accordhie.fhirserver;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

@Configuration
class ScratchConfiguration {
    @Bean
    DatabaseAddress address() {
        return new DatabaseAddress("jdbc:postgresql://127.0.0.1:55432/accord", "accord", "x");
    }

    @Bean
    SecurityFilterChain open(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(a -> a.anyRequest().permitAll())
                .csrf(c -> c.disable())
                .build();
    }
}
