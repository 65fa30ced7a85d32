package org.springframework.samples.petclinic.owner;

import java.text.ParseException;
import java.util.Locale;
import org.springframework.format.Formatter;

/** Looks in the database for the type of a name. */
public class PetTypeFormatter implements Formatter<PetType> {
  private final PetTypeRepository types;

  public PetTypeFormatter(PetTypeRepository types) {
    this.types = types;
  }

  @Override
  public String print(PetType type, Locale locale) {
    return type.getName() == null ? "" : type.getName();
  }

  @Override
  public PetType parse(String text, Locale locale) throws ParseException {
    for (PetType type : types.findPetTypes()) { // <- parse
      if (type.getName().equals(text)) {
        return type;
      }
    }
    throw new ParseException("no type " + text, 0);
  }
}
