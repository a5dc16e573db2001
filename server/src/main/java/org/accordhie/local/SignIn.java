package org.accordhie.local;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;

/**
 * Believes everybody who says to be one of the patients. There are no passwords, since there would be no secret in them.
 *
 * @param patients who can sign in
 */
record SignIn(DevelopmentPatients patients) implements AuthenticationProvider {

    @Override
    public Authentication authenticate(Authentication claimed) {
        var person =
                patients.withId(claimed.getName()).orElseThrow(() -> new BadCredentialsException("nobody has this id"));
        return UsernamePasswordAuthenticationToken.authenticated(
                person.id(), null, AuthorityUtils.createAuthorityList("ROLE_PATIENT"));
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
