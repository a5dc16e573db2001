/** Tokens and discovery, with really signed tokens and a real server on loopback. */
@NullMarked
package org.accordhie.smart.web;

import org.jspecify.annotations.NullMarked;
