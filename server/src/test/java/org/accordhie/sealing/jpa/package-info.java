@NullMarked
package org.accordhie.sealing.jpa;

import org.jspecify.annotations.NullMarked;
