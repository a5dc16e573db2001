/** The rule files, read once, and the bases of labels on what leaves. */
@NullMarked
package org.accordhie.labels.web;

import org.jspecify.annotations.NullMarked;
