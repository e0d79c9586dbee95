/** The site's topics: statuses and reports in, plans out. */
@NullMarked
package io.cleave.controller.mqtt;

import org.jspecify.annotations.NullMarked;
