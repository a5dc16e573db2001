package org.accordhie.smart.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.accordhie.fhirserver.RequestContext;
import org.accordhie.smart.AccessGrant;
import org.springframework.web.filter.OncePerRequestFilter;

/** Hands the grant of an accepted token to the steps behind. */
final class GrantHandover extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getUserPrincipal() instanceof GrantAuthentication authentication) {
            RequestContext.put(request, AccessGrant.class, authentication.grant());
        }
        chain.doFilter(request, response);
    }
}
