/** Asks the issuer of tokens for its keys and addresses: bounded in time and size, and at no address a token names. */
@NullMarked
package org.accordhie.smart.http;

import org.jspecify.annotations.NullMarked;
