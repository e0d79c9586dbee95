/** The Quarkus application of the controller: hears reports and answers with plans. */
@NullMarked
package io.cleave.controller;

import org.jspecify.annotations.NullMarked;
