/** How fast each kind of machine runs each layer, and what a second of work or radio costs. */
@NullMarked
package io.cleave.policies.profile;

import org.jspecify.annotations.NullMarked;
