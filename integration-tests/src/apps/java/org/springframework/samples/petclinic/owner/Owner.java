package org.springframework.samples.petclinic.owner;

import java.util.ArrayList;
import java.util.List;
import javax.persistence.CascadeType;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.FetchType;
import javax.persistence.JoinColumn;
import javax.persistence.OneToMany;
import javax.persistence.OrderBy;
import javax.persistence.Table;
import org.springframework.samples.petclinic.model.BaseEntity;

/** Who has pets. */
@Entity
@Table(name = "owners")
public class Owner extends BaseEntity {
  @Column(name = "last_name")
  private String lastName;

  @OneToMany(cascade = CascadeType.ALL, fetch = FetchType.EAGER)
  @JoinColumn(name = "owner_id")
  @OrderBy("name")
  private final List<Pet> pets = new ArrayList<>();

  public String getLastName() {
    return lastName;
  }

  public void setLastName(String lastName) {
    this.lastName = lastName;
  }

  public List<Pet> getPets() {
    return pets;
  }

  public Pet getPet(int id) {
    return pets.stream().filter(pet -> pet.getId() == id).findFirst().orElseThrow();
  }
}
