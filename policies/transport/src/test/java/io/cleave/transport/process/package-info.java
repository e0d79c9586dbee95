@NullMarked
package io.cleave.transport.process;

import org.jspecify.annotations.NullMarked;
