"""The vocabulary of the generated clients: Swiss, Belgian and French."""

FAMILY_NAMES = """
Müller Meier Schmid Keller Weber Huber Schneider Meyer Steiner Fischer Gerber Brunner
Baumann Frei Zimmermann Moser Widmer Wyss Graf Roth Suter Baumgartner Bachmann
Kaufmann Hofer Lüthi Bühler Künzli Käser Zürcher Rüegg Bärtschi Hänni Jäggi Schär
Rochat Favre Rossier Jaquet Chevalley Blanc Bonvin Monnier Gremaud Cuénod Perret
Genoud Aubert Chappuis Dériaz Corthésy Délèze Bétrisey Sauthier Pittet Vuilleumier
Bernasconi Ferrari Bianchi Rossi Galli Fontana Pedrazzini Cattaneo
Peeters Janssens Maes Jacobs Mertens Willems Claes Goossens Wouters De-Smet Dubois
Lambert Dupont Martin Simon Laurent Leroy Leclercq Lejeune Collard Wauters
Hermans Aerts Michiels Pauwels Vandenberghe Verhoeven Van-Damme Declercq Desmet
Bernard Thomas Petit Robert Richard Durand Moreau Lefebvre Roux Fournier Girard Mercier
Boyer Chevalier Gauthier Lemaître Bouvier Delaunay Pélissier Barthélemy Hébert
""".split()
# Together they make some five thousand names more, each of them seldom.
FAMILY_STARTS = """
Aebis Alten Amst Bieden Bolling Brand Brenn Burg Diet Eggen Eichen Felb Flück Fried
Glaus Gold Grün Hadorn Hasen Hirsch Hütten Inder Kehr Kling Krähen Kuhn Lauben Lehn
Lind Lötsch Mäder Mosi Niggel Oberh Ochsen Pfist Rieden Rosen Rütti Sägess Schallen
Schön Stalden Stein Sträss Tann Thal Uhl Vögel Wald Wasser Wetten Winkel Zbinden Zeh
Char Clerm Mont Beau Bell Cour Dev Grand Long Mal Roch Vill Saint-Am Verm Sav Lav
""".split()
FAMILY_ENDS = """
egger mann er inger li berger hofer bacher thaler matter bühl acher hauser wyler
moser brunner graber statter egg enbach ister eler and in et ier el on ay oud eron
aud ard ois eux igny ieux
""".split()
FIRST_NAMES = """
Anna Peter Maria Daniel Ursula Thomas Ruth Hans Elisabeth Andreas Sandra Martin Nicole
Stefan Claudia Urs René Céline Marc Isabelle Pierre Sophie Philippe Hélène Laurent
Aurélie Olivier Chloé Luc Françoise Jérôme Léa Mathieu Élodie Benoît Noémie Koen Els
Jan Griet Wim Lieve Bart Katrien Marco Giulia Paolo Chiara Zoë Jürg Käthi Björn
""".split()
TRADES = """
Holzbau Gartenbau Treuhand Immobilien Elektro Metallbau Transporte Logistik Informatik
Architektur Bäckerei Metzgerei Garage Druck Optik Apotheke Reisen Versicherungen
Haustechnik Malerei Sanitär Uhren Möbel Weinbau Käserei Ingenieure Beratung Verlag
Constructions Fiduciaire Menuiserie Boulangerie Assurances Immobilier Électricité
Transports Horlogerie Vins Conseil Paysagiste Peinture Imprimerie Pharmacie Voyages
Informatique Bouwwerken Drukkerij Tuinen Boekhouding Verzekeringen Techniek Advies
""".split()
LEGAL_FORMS = ["AG", "SA", "GmbH", "Sàrl", "SRL", "BV", "SAS", "& Co", "& Fils", ""]
SECOND_LINES = [
    "Filiale Zürich",
    "Filiale Bern",
    "Succursale de Lausanne",
    "Antenne de Namur",
    "Filiaal Gent",
    "Service comptabilité",
    "Abteilung Einkauf",
    "Direction régionale",
    "Agence de Lyon",
    "Notariat",
]
# One of its kind among a million.
RARE_NAME = "Zwygart Orgelbau"
