/**
 * Everyday words that are a slip away from one in the lexicon and mean what they say: "chess" is not "chest". The English
 * ones are those of zxcvbn's list of common words (MIT) that the fuzzy finder would take for another; inflections are left out.
 */
export const falseFriends = `
aakash aaliyah aap aarav aback abaddon abbas abby abe abeer abel abilene abilities abishola abla abnormalities abolish abolished aboot abort abou abound aboutyou
abra abram abren abrir abundant abusive academia academic academy ace aced aces achille achy acme acosta acre acres actin acting actors acts adaine adaline adama
adamas adamson adapts addendum addison adds addy adelaide adele adelina adeline adelita adelle adena adham adidas adil admit adonai adonis adopts adora adrien ads
adso advice aelita afar affirmative affirmed afire afoot afresh aga agarn agasshi agassi agave agendas agent agha agostino agr agra aground ahmad ahold ahora aida
aide aides aiding aigo aiive aileen ailing ails aims aina aine aiready airhead airline airman airmen airplay airport airstrip airtight airtime airy aiso ajar ajay
akash akashi akhtar akram aladdin alain alameda alara alaska alaskan alastair albright aldo ale alena alice alicia alienate alight alike aline alistair aliya aliyah
allah allahabad allahu allen allende allentown allfather alli allied allison allman allo allright alma alms alo along alongside already alrighty altar altman alto
alun ama amaar amado amalia amanda amano amantha amar amara amarillo amaro ambar ambient amelia amelie amenable amenadiel amenities american americana amiable
amicable amid amida amidala amina amino amira amiss amita amitabh amitabha amma ammar amore amos ample amply amputate analyse anda andie andover aneela anemic anker
ankle anklet anle anne annie annihilate annika ano anokhi anon another answerable ant ants anus anvil anybody anyhoo anyhow anyone anythin anything anytime anyway
anywhere anywho aos aphasia apnea apone apos appa apparent appease appellate appendage appetit applause apple applegate appraise appy apron aptly aqua aqui aquinas
aquino aramaic aramis aramun arash arbor arches arcs arda arden ardent aren arena arenas aretha areyou argent argo ariane arianna arid arielle aris arisa arise
arisen arkham armaan armada armadillo armageddon armagh arman armand armband armenia armin arming armitage armor armour armstrong army arne arnie arns aroma arora
arouse arse arterial arts asahi asahina asakusa asami asano ashamed ashe asher ashes ashitaka ashram ashur asia aside asinine askin askyou asleep aspire assad assaf
assam assane assassin assassinate assent asshat assimilate assisi assisting associate assuage assume assumed assumes asta asteroid asteroids astra asuma asuman asya
atari athe atheist atlas atms atomic attaboy attach attagirl attain attest attila auda audi audit aught auntie auras aurelia authenticity authors average averse
avery avid avram await awaken awakes award aware awash awoke awoken awry axle ayanami baba babbitt babe babes babies babli baboon babu babyface babylon babysat
babysit babysitting bacall baccarat bach bachman bachmann backache backbone backdrop backed backfire backhand backlash backpack backside backstabbing backstroke
backto backward backwater bacon badass badder baddie bade baden badmouth badri badshah baedal baek baer bafta bagchi bagged baggie bagging baggy bahai baili bailing
bainbridge baited baits baja bajie bajor bak bake bakery baking balan bald baldy bale balin ball balli ballin balling ballon baltar balto bambi banal banana bananas
banco banda bandage banded bandit bandits bando bandra bandstand bandy bane bang banging bankbook banked bankrolled bankrolling banky banned bannon banu banyan baran
barbara barbie barbies barbosa barca barcode bard barden bare bared bargain barged baring baris baritone bark barkeep barley barlow barman barn barns baron barone
barra barrage barrel barren barricade barrier barrio barris barron barry barth barton basal basha bashar basie basin bask basking bast basta batch bates batgirl
bathe bathed bathes bathhouse bathory baths bathwater batman baton batou batra batten battle batty batwoman bawk baylin baymax bays bayside bazaar bea beach beak
beaks beal beam beamen bean bearable beast beat beata beatin beaton beau beav beca because becca beck becka bed beebe beef beehive beekeeper beeline beeman beene
beep beeped beeper beet beetle began beggin beginnin begun behen behold beholden beige beiieve being beka bela belay belen belief belive bell bella belle belli bello
bellow bellyache bellyaching bellybutton bellyful belt belter bender bending bene beneath benes bengt beni benigno benin benitez benito benni bennie benno benson
bento benton benz beren bering bern bert berta berth bertha bertie beset beshte bessie bester bestie bet betcha betel beth bethel beto betray bettina betting betts
betty bevan bezos bhai bhaijaan bhaiya bhalla bhanu bharti bhima bhola bhutan bian bianco bibi bick bicker bidding biddy bide biden biding bien bihar bihari bijou
bilal bile billa billable billed billet billie billing billon billu bin bind bing bink birch birthday birthright bisbee biscotti bismillah bisque bitching bitchy
bitte bittu blackblood blackburn blacken blackface blackfoot blackish blacklist blackout blackpool blackwater blackwell blacky bladder blaine blake blame blanc
blanca bland blane blank blanked blare blast blasters blaze bleak bleating blech bleeder bleep bleh blend blending blends bleu blew blimp blinding bling blink
blipping blips block bloke blond bloodbath bloodline bloodshot bloody bloom blouse blowed blower blowin blueprint bluetooth bluey bluff blum blume blunder blur
blurring blush bluth bluto blye bnd boa boar boating boba bobbi bobbie bobby boche bock bode boden bodes bodhi bodi bodie bodywork boer boggle bogie boing bok boko
bolan boland bolton boma bomp bona bonds bonehead boney bong bongos bongs bonk bonn bonne bonnie bonny bono bonus bony bonzo boob boobie booby booed boog booker
bookkeeper booklet bookman bookshop bookstore boom boon boone boop boor boot booth boov bope bora borden border bordered bore boring bork born borne bose bosh bossy
boston boswell bosworth botch bother bothers bothwell bottleneck bough bounds bovie bowed bowie bowing bowling bowser boxcar boxed boxes boycott boyd boyfriend
boyish boyle boze brace brack braden braille brainchild brainwash brainwashed brainy brake braking bran brand brash braun bravo brawn brayden breach breaches
breaching bread breadth break breakaway breakin breanna breathable bred breed breeding breeds breeland breen bremen brendon brenna brennan brennen brent brenton brer
brest brethren breton brian bride bridget bridie bridle brig bright brill brine bringin brink briny brisk britten broad brody brokeback brood brook brooke broome
broth brothel brother brought browned browning browse bruce brunei brung brunt brushed brushing brute bubbie bubby buckaroo buckman buckshot buddha buddy buenas
bueno buenos buffed buffer bugged bugger bula bulana bulk bull bully bummed bumping bumpkin bumpy bun bunch bundy bung bunkhouse bunny bunt buon buona bup burbs
burdensome buren burg buried burk burl burnin burnside burp burped burping burps burr burst burt burton bury burying busboy bushed bushel bushes bushido bust busted
bustin busting buta butte butter buttery butting buttle buxton buyout bwana cabbie cabe cabin cable cabo cabron cabs cacao cache caches cackle cacti cadaver caddie
cade cadi cadre cady cafa cafe cagey cahide caiaphas caii caillou caiman cairo cait caity cajun cake cal calabrese calais calamari calamities cale calf cali callas
callaway callback calle calleigh callen callie callin calling callisto calm camacho camaro camel camellia camelot cameo cameraman cameramen cameron cameroon cami
cammie camo camp camps cana canaan canada canan cancel candela candice candie candied cane caner cang canine canker canna cannon cano canst canteen canter cantina
canton cantonese cantwell cao capa cape capi caplan capo capped cappie capra caps capt captain carat carb carbo carbonate carbone carcer cardassia cardenas cardio
careful carew carey cargo cari carina carisi carissa carl carla carlene carlin carlos carlota carm carmel carmela carmen carmichael carmilla carmine carne caro caron
carp carpe carpentry carpet carpool carradine carraro carrera carriage carrie carrillo carro carsick carson carstairs cart cartagena carte cartilage carton caruso
carve carvel carver cary casa casca case cased cases cash cashed casing casino cask caso casshan cassie cast caste castel casts catalina catalonia catamaran catania
catarina catcher catchin catchy catco cate caters cates catherine cathleen cathouse cathy cato catskills catty catwoman causal cause cava cave caving caws cede celia
cell cellist cemre cent centre ceo cera ceren chachi chaco chahine chahiye chair chaka chakotay chakra chal chala chale chalk chalo champ champs chance chanced
chancel chances chand chander chang changeable changeover changing changle chani chant chapin chapped chappie charade charan chard chardonnay charge charissa
charisse charitable charities charlatan charlene charli charlie charm charmaine charmed charming charu chasin chastain chaste chatham chato chats chatty chaucer
chava cheat cheatin checkbook checkin checklist checkout checkpoint checkpoints chee cheekbone cheekbones cheeky cheep chem chema cheque chet chetta cheuk chiba
chica chick chico chiid chil childbirth childcare childe childish childlike chile chili chill chimera ching chipped chiquita chitti chives chock chocolate choe chola
cholo choo choose chord chore chores chose chuan chubby chuck chuen chugga churro chute cia ciara cilla cita citadel citas cite claes clamp clamps clams clans claps
clara clare claro clash clashed clasp classes classy claus clauses claws clays cleave cleft cleo clergy clete climb clinch cline clinica clinical clink clint clips
clit clive clocked clog cloned clones cloning clop close closest closet closin cloth clothed clothes clothesline clough clout cloves clow cluck clump clumps coal
coarse coast coasts coat coates coats coby cochin coco codename codex coding cody coe coed coffeehouse coffey cohen coke coked cokes cola coldblood coldplay
coldwater cole coli colin colm colonel colonna colony color colson colt colton colts coma comb combo comeback comet comey comic comin comm comme comming commuter
comp compute comte con conan concord concordia concourse concurrent conde condense condenser condon condone condos cone confine confirmed confit conform conformed
conlon conman connor conover consecutive consent considerate consigned consist cont contaminate conte contessa contest contests continent contraband contract
contrasting convene converse convoy conway coo coogan cooing cooke cooked cooking coon copa cope copied coping copped copycat copycats copyright cora cordelia cordy
core cores cori corina corinna cork corn corning corolla coronado corp corrado corrective correo corso cort cortex cortez cory cosa cosmo costa cosy cots cotta
cottage cottle cotton cottonmouth couch coughlin couid coulda couldn countdown countin county coupe coupla couplet court cove cover coy cozy cra cracks cram cranked
crap craps crashing crate creak creaking creaks creamy crease credo cree creek cremate creme crest crete crew cribs crimp croaked crocs crohn cronin cropped crowned
crowning crowns crump crush crutches crybaby cryo csi cuando cubby cubs cuckoo cuenta cuerno cuervo cues cuffed cull culled cullen cults cunt cunts cuppa cups curd
cure curing curl curran curse cushing cuss cute cutie cutlet cutoff cutout cutthroat cuttin cylon cyst cysts dabble dacha daddies dade dae dago daichi daigo daimon
dairy dais daisy dak dakar dake dalai dale dalia dallas dally dalton daly damage damar dami damian damiano damien damini dammed dammit damn damon damp dampen damper
damu dana dance dancer dandy danes dang dani danke danko dann danner danni danno danny dante danton dany dao daphne dar dara dare dared daren darhk dari darien darin
daring dario darken darkies darko darl darla darlene darlin darn darren darrin darry dart darth dary dasha dashed dasher dashes dastan datak date dato datte davey
davian davie dawes dawn dawned daycare daydream daydreaming daytime dayton daytona daze dea deac deacon deadpool deadshot deaf deal dealin dean deane deanie deanna
deano dear dearie dearly dearth deathstroke deaver debatable debbie debi debit debt debunk decadent decathlon decay decca deckard decker deckhand deco decode decoded
decree dede deduce deedee deegan deej deejay deeks deem deemed deena deepa deepen deepika deepu deepwater defies define defne deformed deformities dega degas deion
deities deke dekh dekhna dekho dekker delaine delano delay delegate delenn delete deli delia delilah deline delish deliver deliveryman dell della delle delmar delong
delores delos delve dembe demean demeaning demeanor demeanour demi demille demise demo demon demos demotion dench denim denise deniz dennis dennison denny denote
dense denser dent dente dentistry denton denver deo deport depp depressing depth deran deren derive desai describe descriptive design designate designed designs
desirable desna despot dessie detail detain determine detest detestable detests detonate deunan deva devil devin devo devon dewar dez dhabi dhaka dharam dharma
dhillon dia diagrams diana diane dianne diaper dias diaz dibble dicey dich dickey dickhead dickie dicking dickinson dickon dicks dickson dicky dicle diddy didn didna
dido didrt didst diem diet dietz dieu dieyi differentiate digger diggin diggs dijon dilate dilaurentis dildos dilip dillon dilly dilute dima dimas din dinar dindin
dine dined ding dink dinna dino dint dionne dipping dire dirk disha dissing ditching divas dive dived diving diwan dixie diz djing djinn doable dobe dobie docket
docs doctoral doctorate doctore dode dodge dodged dodie dodo doe doers doesn doesna dogan dogg dogged doggett doggie doggone doggy doghouse doin dojin dojo dokkan
doktor dolan dole doling dolittle doll dolled dollop dolls dolly dolph dolt domain domains dome domes domesday domine domingo domino domo domon dona donal donate
donatella donatello donato donde dong dongs doni donkey donna donnie donny donor donors donut doodle doogie dookie dooku doolittle doomed door doot dope dopes doping
dorado doreen doren doria dorian dorie doris dork dorn dorne doron dorrie dos dosa dossier dost dot dote dotes doting dots dottie doubled doudou doug dougie doula
douse doused dove dover doves downey downfall downhill downing downloadable downplay downright downside downstairs downtime downton downward doyle doze dozen dozing
drag drags drainage dram drama draped drawn drea dreamin dreamlike dreamt dreamy dred dregs dressing dried drina drinkable drinkin drip dripped drips drivel driven
driveway drivin droll drone droning drool droopy dropout droppin drove drum drums drunken dryden drying drywall duane dubai dube dubenko dublin duce duckie duckman
ducks ducky duds duel duffer duffle dug dugan duggan dukat dulled dumbest dummies dumped dumper dumping dunbar duncan dundar dundee dune dunhill dunk dunkin dunne
dunno dunson duran durden durga durin dusted dustin dutta dutton dvds dwayne dwell dwelling dwells dyad dyed dyeing dyes dyin dylan dyle eah early earning ease east
eastman easygoing eaters eatery eatin eaton eazy eben echo ecklie edgy edie eight either eladio elaina elaine elasticity elastigirl eldorado elena eleni elinor
elisha elissa elite elmore elsewhere emery emil emile emine emit emotion empires enable enabled enclosed endearment endemic endicott endora endoscopy enduring
engrave enlist enright enrolled enrolling ensenada ensign ensure entail enthused entice entities entonces entourage entrails entree entry entryway enver envision
eres errol esa esas escape ese esha esma esme eso esos espo esra estadio estas este estefan estela estelle estevez estos eta etch etching ethan etta evert everybody
everyday everythin everything everytime evey eveyone evita ewan ewell exes exit exits expectin expire eyeful eyeglasses eyelash eyelashes eyesight eyesore fable
facebook facedown facet facetime fact factor factory factura fade fae fagan fail fails fain faire fairer fairway fait faiths fake faking falcon falk fallback fallin
fallon fallout fam fame famiiy familial familiar fanboy fane fangs fannie fanny fanta farce fare farm farming farms farooq farouk farsi fart farther faruk faruq
fasten fastest fatah fatale fatalities fate fathead father fats fatten fatter fattest fatties faust fave faye faze feast feat feather feathers fede fedya feedback
feeding feei feel feelin feeling feels feeney feint fella fellatio feller felling fellini fellow felt felton fend fending fennel fenner ferran ferrer fest fet fetal
fete fett feud fevered feverish fiasco fibre fibs fide fidel fie field fields fiend fievel fife fighter fights figs fiind fiirst file files fili filii filing fill
filled filming filth final finder finders findin findlay finely finesse fingerprint fink finlay finn finney finnish finns fiore firat firearm firearms firehouse
fireman firemen fireside firestone firewall firework fireworks firm firsthand fist fists fitch fittest fitz fixing flailing flaming flashed fled fleet fleets flesh
fline flint flips flitting floating flocked flor floss flour flowed flower fluent flushes foal foamy folding fomo fond fonda font foo fook foolin foolish foon
footage footfalls foothold footloose footman footmen footnote footprint footsie footwork footy fora forage foray fordham fore forevermore forgave forge forgetful
forgettin forgetting forgive forgiven forgiving forgot fork formal formalities forman format formative formed forming fort forth forthat forthe forthis forties forum
forward foryou foryour foshan fosse foster fought foursome fourteen framing franco frans freaking freaks fred freda freed frell fresco freshen freshman freshmen
freshwater fret fridge frig fright frills frisco frisk frith frito frm fro frog frolic frome fromm froot frothy frou frowned frowning froy fuel fueling fulfilling
fulfillment fulfills fulfilment fullback fullness fulton fume fund funnel fur furio fused fuses fusing gaadi gaara gabe gable gae gage gagging gaggle gah galahad
gallantry galleon galley gallo gallon gally galra galvan galvin galway galya gambi gambit gambled game gamera games gamma ganged ganging gangs gannon gap gaping gaps
garage garak garbage garbo garcon gard garde garden gare garish garrido garrison garry garson garth garvin gasoline gasped gassed gasses gassing gaston gata gate
gates gather gathers gaulle gaunt gavan gavel gawain gayle gaynor gaze gazes geena gees geeta geetha gehrig geisha gelatin gelato gendarme gendarmerie gendarmes gene
gengar genitalia genteel gentry genus gerda gere geri germ gero gerri gert getaway gettin ghana ghani ghar ghent ghetto giant gil gill gillian ging ginger ginnie
giris girlfriend girlie girlish girth gita giveaway givin glenn gliding gloating gloss glowed glowing goa goad goalie goanna goat goats goblin gobs gods goin goingto
golan gold golda goldie goliath golion golly gomes gonca gong goodall goode goodman goodson goodwill goody goodyear goof gook goon goop gora goran gord gore goring
gort gosh goth goths goto gott gotta gotti gottingen gouda govt goya grabs grace gracias grade gram gramm gran grander granola grant grape grasp grasping grass
grasses grate gravel gravesite gravestones gravy gray grays graze green greg grew greyson grime grindr grip grope groping ground grouse grout grove guano guitar
gumdrops gundam gunfire gunman gunmen gunnar gunplay gunpoint gunsmoke gupta gush gusta gusting guten gutting haa haan habitable hablo hachi hacienda hack haddad
haden hadji hadn hado hae haeng hafsa hag hagan hagar hagen haggis haha hahaha hahahaha hai haig hail hailing haim haircut haircuts hairdo hairline hairpin hairy
haishi haiti hajji hakan hakone hakuna hala halal hale halen halftime halfway hali hall halla halle halliday hallie halliwell halloran halloway hallowed hallway halo
halt ham hama haman hamdi hamill hamilton hamish hamm han hana handbook hande handel handgun handicapped handing handiwork handmaiden handoff handout handover
handpicked handprint handshake handshakes handsome handstand handsy handwriting handwritten handy hanes hangang hanged hangin hangman hangout hangover hani hank
hanks hanna hannah hanne hanover hao happ happen happenin haqqani hara harada haram harass harbored hardeep harden hardie hardin harding hardison hardman hardworking
hardy hare harem hargrave hari harish harith hark harken harkin harkonnen harlee harlot harlots harlow harman harmed harold harp harper harping harpy harrelson
harriman harris harrison hart haru haruka haruki haruna harv harve haryana hasegawa hashimoto hashish hasn hasselhoff hast hasta haste hatake hateful haters hathaway
hatin hating hatter hattie hatton haunt haute hava havea haven haveto havin havre hayami hayashi hayat hayate hayato hayden haydon hayme hayward haywire hayworth
hazan haze hazing hazmat headaches headband headfirst headin headline headlong headman headshot headstones headstrong headwaters headway heady heal health healy heap
heaping heaps hear hearin hearn hearst heartache heartaches heartbreaking heartbroken hearty heat heath heathcliff heathen heather heats heatstroke heave heaving
heavyweight heda hedge heed heep heer heera hehe heidi height heineken heip heir hela helena helipad hell hellos hells helm helmet helms helo helped helper helpful
helpin helpline helsing helsinki hemp hendon hendry heng henhouse henson hep hera herb herc herein hereto herewith heritage herm herman hermann hermes hermia
hermione hernan hernando hero heroes herr herve hesitate heston hewes heyes hia hidden hideaway hideki hideko hideout hides hideyoshi hidin highgarden hightail
highway highwayman hijab hikari hikaru hikes hiko hillman hillside hilltop hilton hilts himalayan himiko hina hinako hind hines hing hinton hints hippie hippy hips
hira hire hires hiro hirogen hiroki hisako hisashi hisham hisself hissing hissy hitching hither hitherto hitman hitmen hito hitomi hittin hitting hive hiya hoard
hoarse hobbies hobie hock hocked hoe hoffa hoffman hoffmann hogan hojo hoke hokkaido hola holden holdin holdout hole holed holi holla holli holliday holling holloway
holm holo holt homebody homeboy homecoming homegirl homepage homerun homeschool homesick hometown homeward homework homey homicidal homicide homie homing homo honcho
hone hong honk honoka honorable honoria honors honour honourable hoodie hoodoo hoof hookah hooky hoop hooper hooray hoot hoover hopeful hopewell hopi hopin hopped
hopper hoppin hoppy hora horas horde horne horns horseback horseman horsemen horseplay horsey horst horus hosanna hose hoshi hoshino hossein hostel hostilities
hosting hotch hotdog hotdogs hothead hothouse hotline hotshot hotspot hottest hotties hotwire houdini hound hounds hour house houseboy housebroken housed household
housekeeper houseman housewife housework housing hover howard howe howell howie howser hoy hrt huang huerta hugged hugh hugo hullen hum humane humanities humankind
humbled hume humiliate hummel humped humping hunan hunch hung hunnicutt huntin hunting hunts hurl hurling hurst hurtful hurtin hussain hussein hut huts hutt hutton
huzzah hwang hyang hype iad ianto iben icon ida ideal idealist idolatry igarashi iittie iittle iiving ijust ikea ikon ilene illinois illya immense impale inalienable
inbound incense inching income incoming inconsiderate inconsistent incontinent incorrect indicate indifference indifferent indo indoors ineffective infantry infect
info inform informal informed inger inhabit inherent inherit inherits inhibit inhibitors inhuman inhumane initiate injectors injure inlay inline inna ino inoperable
inordinate insatiable insect inshallah inside insight insightful insignia instill institut insufferable insult insure insured int internal interpretive intestine
intro inverse invested invisible inward ion ionger iphone ipod iran irate irisa ironman ironside irony isabel isabela isabella isabelle isadora isaiah ishaan isi
islamic iss ist italia italian italiano itch ithaca itjust ito itself iverson jab jabal jabari jabbar jackal jackass jacked jackman jaden jafar jaffa jaffar jaffe
jagan jagga jahan jailer jalal jalen jamal jamba james janae janaki janek janelle janet janeway janey janie janina janine janitors janja janni janos jansen janssen
japan jatin jaunt jaunty jayne jeanne jeeva jeevan jenks jenna jenner jerk jerky jest jeter jetta jigen jihan jinae jindal jingling jinnah jinny jiren jiving jiwan
joana joanna joanne join jokin jolla joules joust jovan jove juana jubal jubei judas jueves julan jules juma jumba jumped jumpin jumpy jungi justa justin justina
justine kab kabaddi kable kabuki kadam kaden kagan kahin kahlan kahuna kailash kainan kairu kaisa kaise kaiser kaisi kaitlin kakashi kal kalahari kaleb kaley kalia
kalina kamala kamali kamehameha kamekona kamen kamilla kamini kamino kanae kanagawa kanako kaname kanda kandi kaneko kanji kannada kanon kansai kansas kanta kaoru
kaplan kappa kar karachi karam karat karate karel karenina karev karin karina karine karke karla karli karma karmic karna karnak karnataka karni karras karta karte
karthi karthik karti kartik karuna kasai kashi kasie kassie katagiri katana katarina katharina katharine katherine kathie kathleen kathy katia katie katja katrine
katya kauai kaveri kawai kawasaki kawashima kayak kayce kayden kayla kaylee kaylie kaylon kazan kazoo keaton keck keefe keel keenan keene keeper keepin keepsake
kehoe keira keisha keita keitel kell kelli kellie kelp kemal kemp kenai kenan kendal kendall kenna kennel kenshin kensi kenton kenyan kesha kessel keychain keyed
keyes khaki khakis khaled khalid khalil khitan khlyen khomeini khurana khushi kiara kibosh kickass kickback kickin kickoff kiddie kiddin kiddos kidman kido kiel
kiera kieran kiesha kijiye kikuchi kili killa killian killick killin killua kiln kilo kilos kilt kimchi kimiko kinase kinda kindaichi kinj kink kinks kinney kino
kinsella kinshasa kinte kipling kipper kiran kirk kisha kishan kismet kissed kisser kisses kissin kissing kissy kitab kitai kitami kitchen kitne kits kitten kitties
kiyoko kiyomi kiyoshi klara klein klick klicks kline klink klump knew knick knicks knife knob knot knowa knowin knowledge knowledgeable known knowthat knowwhat
knowyou knox koalas kobayashi kolkata kommandant konishi koppen koran koray korra koshien kotobuki kotoko kouji kraft kraut krill kunal kunlun kunta kursk kusaka
kusanagi kutty kylie kyohei kyunki kyushu labia lace lachie lack lacked lacks lacy lada laddie ladylike lae lagging lagina lago lagoon laguna laila lainey laing lake
lakeside lakhan lakhs lakshman lale lalo lamarr lamb lame lamp lamps lan lancer lander lando landy lane lang langer lanie lanka lankan lanning lao lap laparotomy
lapped laps laputa larder larkin larva lasalle lash lashed lashes lasse lasses lassie lasting lat lata laters latest latex latham lathe lather latika latin latina
latino latour latrines latte latter lauder laughin laughingstock laughlng laverne lawful lawnmower layaway layin layla layman layoff layout layover layton lazy leach
leaf leah leakage leaky lean leaner leaning leann leanna leanne leaped leapt lear learnin learnt leary lease leases leash leather leche leckie lecter leeds leekie
leeks leela leeloo leena lees leeway leeza leftover lefty legal legend legion lego legos legwork leia leiden leila leisure leiter lekin lemme lender lending leng
lenient lennier lennon lenny lenora lens lent lentil leona leone leonie less lessen lesson lest lester leta letdown letitia lets letterbox letterhead letterman
lettie lettin letting letty levee level lever levin lexie leyte lhasa liabilities liaise liaison liane lib libra libre libya libyan lice lichen licked lickin licking
licks lido lids liege lifeblood lifelike lifeline lifelong lifetime lifetimes lift lighter lightnin likable likea likeable likey likeyou likha likhna liking lille
lima limbo lime limo lina linc linden lineage lineman linen linger lingers linh lining linkage linkletter lino lint linton linz lipo lipstick lipton lire lisa lise
lisi lisp lissa listen listenin lister liszt lit lite literal litt litter littlefinger littlefoot littleton lively liven liverpool livery livestock livia livin livy
ljust lke llama llamada llamar llega llegar llego lleva llorona lnstead lnternet lock locked locker lockers locket locks lodge loft log logan logged login logo logon
logs lois lok london lone loner lonesome longo longstanding longtime longworth loni lonnie lookalike lookee lookie lookin lookit lookout looky loom loomis looms loop
looped loops looser loot lose loser loses losing lothal lothar lotso lott lotte lottie lotus loudon louella louisa louise loulou lounds lounge lousy lout louts love
lover loving lowdown lowe lowery lowing lowlife lts luca luce luci lucknow lucky lucy ludo lugs luigi luise luk luke lumen lumped lumpy luna lune lunes lung lunge
lungs luring lurk lust lute lve lyft lynne maari maca mace mach macha machin machina macho macon macro macy mada madan madder made madge mado mads mady mae maeda
maeve maga magda mage maghra magma magna magne magnet magneto maha maham mahone maia maiden maids mailing mails maimed mainline maintain mainz maisie maison maitre
maize maja major makeover maki making mako mal malabar malachi malaise malay malaya maldonado male malena malhotra malhun mali malia malign malika malina malini
malka mall mallet mallick mallika mallow malmo malone malp malt malta malu malva malverde mamacita maman mamba mame mami mamma mammy mamo mana manage manageable
manami manan manana manassas manatee mance manchu mandal mandalay mandarin mandel mandela mandi mando mandolin mandy mane mang manga mange mango mangoes mangos mangy
manhattan manhunt mani mania manila manilow manipulate manish mankind manly manna manny manohar manoj manon manor mansell manson manta mantel mantis mantra manu
manus manx manya mao mapo mapped maradona marais marat marathi marathon marce march marco marconi marcos mare marek maren marga margarine margarita marge margie
margin margo margot maria mariachi mariah mariam marian marianna marianne mariano marie mariel marika mariko marin marina marinade marinate marine marino mario
marion maris marisa marisha marissa marita maritime marjan markham markie marko markos markus marla marlee marlena marlene marlin marlo marlon marlow marmalade marni
marnie maroni maroon marriage marriageable married marries marrow marry marsali marseillaise marseille marsh marsha marshal marshall marshes marta martel martell
marten martes martha marthe martin martina martini martinique martinis maruti marwan mary marya maryam maryann maryanne mas masa masaki masako masala masami masashi
masato mascara mascarpone mascot mase masha mashallah mashed masking mason massa massage massages masseria masseuse massing mast master matcha mate mateo mater
mather mathers mathilde mathis mathison mati matisse matron matson matte mattel matteo matti mattia mattie mattis maude maura mauro maxim maxime maximilian maxine
maxwell maya mayan maybe mayday mayer mayo mayors mazda maze mcgrath mdma meal meals meana meaningful meant meantime mears measure meat meats mecca mech mecha
medalist medavoy medea medellin medial median mediate medic medicare medici medina meditate meechum meena meenie meera meereen meets megan meggie megha meghan megumi
mehmed mehmet mehra meiji meili meimei mejia melee melike melina mellie mellon mellow melo memento mementos memes memos mena menage mendel mending mendoza menon
menopause menorah menos menthe menus mercer merch merci merde merge merida merit merle merlin merman merrick merrier merrill merriman merritt merry merve meself
messala messer messes messi messiah messier messin messina messing meta metallica methadone methane methuselah metin meto metre metres mette mews mexico mezzanine
mgr miasma mice micha michael michaela michaelson michel michelin michi michiko michonne mick micki midday mie mieze mighta mightn mighty migrant migs mik mikado
mikael mikaela mikaelson mikami mikayla mike mikki mikoto mila milady milanese milano milburn mile milega milegi milena milestone milf milhouse mili militia milkman
milkshake milkshakes milky millennia millet milli millie milliken millimetre millimetres milling millisecond millwall milna milo milt milton milverton mima mime
mimicry mina mince miney mingling minh mini mining mink minna minnelli minnie mino minorities minos minotaur mint minute minx miny mirai miran mire mirren misa
misaki misako misao misato miscarriage misdeeds misdemeanor misdemeanors misdiagnosed miserable misfire misfit misfits misha mishil mishima mishka misinformation
misinformed misinterpret miso misprint misread misshapen missin missis mississippi missouri misspoke missy mist mistaken mistakes mistaking mister mistook
mistreatment mists misunderstand misuse misused misusing mita mitch mitchie mite mito mitten mitts mitzi mla mlle mms moan moaning moans moat mobs mocchi mocha mochi
mode mods moe mogo moist mojo mokey molding molehill molesting moll mollie molto moment momento mommy momo monde monet mono mont monte monty moo moody mooing moonee
mooney mooning moons moore moos moose moot mope moped mopey moping mops mora moral moran moray morehouse morel morelli morello moreno moreover moretti morey morg
mori moria mork morn mornay mornin morningside moro moron morphin morra morrie morro morse mort mortar mose moser moses mosey moth mother motherf moths moti motif
motome motor mott motto mouch mound mounds mount mouri mourning mouse moussa mousse mousy mouthful mouthwash mouthy mowing moxie moyer mozzie mta muah mucho muck
mucky muddy muffy muggy mugs mujhko mujin mukai mulan mulch mule mulled mullen multi mumbai mumbled mumma mummies mumps munch mune munni munro munt murai murch
murray musa muse muses mush mushy musk musn musta mustache mustaches mustn musty mutt mutter mutton muzak muzzle mylene myrna myron myseif mysore mystique naam naboo
nadal nadia nadine nadir nadja nadu nadya nae naga nagano nagar nagasaki nagato nagging nagisa nailing naina naka nala nalan namek namesake nami nanahara nanako
nanami nanda nandhini nandi nandini nannies nanny nano naoto napa nape nara narin nasa nascar nassar nasser nata nate nathan nato nattie naught nava navajo nave
naveen navin naya nayman nazir nda nearby neary neat neatly necati neckline necktie neckties nee needful needham needin needle needn needy neel neelam neelix neelu
neely neena neeta negotiable negotiate neha neiman nella nelle nellie nels nemesis nerd nerds nermal ness nessie nest nesting net nether neto nets nettie netting
network neva neve nevermore newbies newell newer newhouse newlin newman newsletter newsman newsome newspaperman newsstand newswoman newt newton nia niall nian nibble
nica nicer niceties nichelle nicht nick nicked nickel nicki nickie nicking nico nieces niels nielsen nigel nigga niggah niggas nigger nihal nihan nika nikhil nikki
niklas niko nikola niles nilsen nima nimmi nine nini ninja ninny ninth nipple niro nisa nisha nishi nissan nita nite nitin nitti niven noa nobita noche nock noda
node noe noise nola nolan noma nombre nome nomine nona nonce nong noni nonna nono noo nooks noona noonan noone nope nora norbit noriko norma normally norman norse
norte norton norway nos nosebleeds nosey nosh nosing nosy notable notch notebook notepad noth nother nothin noting notion notjust notre notting notwithstanding
nought nova nub nuck nuclei nudie nueva nuit numbskull numero nuna nuno ofcourse ofelia offend offending offense offhand offline offscreen offseason offshoot offside
offthe ofhere oftentimes ofthat ofthem ofthese ofthis ofthose ofyour oher oily okey okra older oldman olive oliver olivia olly oly omen omens omer oneself onesie
oniy onto opec ora oren orin orly orna orsini osage oslo ota other others otomo otra otras otro otros ought oughta oughtta ounce ourself ousted outage outback
outbound outbreaks outcome outcry outdone outdoors outfit outfits outgoing outhouse outlast outlet outline outlive outlook outpatient outpouring output outright
outrun outshine outside outspoken outstanding outward outwith oven ovens overachiever overall overburden overcame overcome overcoming overdo overdoing overdone
overdoses overdrive overdue overflowing overhang overhead overheat overkill overlapped overlay overlook overlooks overpaid overreact overreacting overreaction
overrun oversaw oversee overseeing overseen overseer overshot oversight oversleep overt overtake overtaken overtakes overtaking overthe overthere overthink
overthinking overthrew overthrow overthrowing overthrown overtime overtired overton overtook overturned overused overweight overwork overworking owen owens owned
oxen paan pabst pace pacha pacho package packard packed packin packy paco pact padding paddle paddy padhna padma padme padua paella pagan pagar paget pago paige pail
paine painstaking painted painter painting pairs paisa paise paiute pak palais palatable palate palatinate palatine pale pales palin pall palle pallet palo pammi pan
panda pandi pane panic panini panisse pankaj panna panning pans pant pao paola papal papaya papi pappas pappi pappu pappy papua parade paradox paralyze paranoia
paranormal parapet parasite pardo paree parent pari park parka parkin parlay parm parma parolee parr parra parsa parso part parte particle parton party pasa pasadena
pase pasha paso passe passin pasta paste pasted pastel pastime pasting pastors pasty pat patch pate patent patents path paths patil patina patio patrick patrik
patris patrol patron patten patter patties patting patton patty paula pausing pave paving pawan pawn pawnee pawns payable payback paycheck payday payin payoff payout
payphone payroll payson payton pazzi pea peach peaking pear pearly peasy pebble peck pecked pecos peddle pedes pedro peeing peeled peeler peeling peels peeped peeper
peer peerless peeta peewee pelant pell pelle pelo penal pendant pendejo pending peng penh penitent pent penthouse peon peopie peoria pepa peppa perch perform
performed perfumes peri perish perishable perished permanent pernille pernod perpetrate perpetrators perrin perrine perro perry persephone persevere persevered
person persona personable personage perth pertinent peruse perverse pest pester pesto peta petr petri petrie petro petrov petter petting petty pge phase pheebs
phelan phelps phill philly philo phin phipps phone phonebook phoney phong phony pia piao piay pickaxe picket pickin picking pickle pickles picky piease piece pieces
piero pierre piety pika pikes pil pilaf pilar pile pillage pillai pillbox pillow pina pindar pine pines pinhead pink pinkie pino pinpoint pins pint pinter pinto
pints pio pipes pippa pippi pippin pisa piso pissed pisses pissin pissing piston pita pitch pitching pithy pitiable pitied pities pitiful pitting pitts pixie piya
pizza pla plain plains plait plane planet plank plannin plantain plata plate plath platt playa playable playback playbook playboy playful playhouse playin playlist
playoff playpen playtime pledge plop plots plowed plowing ploy pluck plump pocket poco poder poe pogo pointe pointer pointy poke poker poking pola pole poles police
poll polling pollo polls polly polo polson pomp ponce ponder pong pont ponte pony ponyo poochie poof pooh pooja pookie poole poolside poon poopy poor poorer pootie
pop pope popo poppa poppin poppy por pore poring porque porsha porta porter portia porto portray pos pose poser posing posner post postal potato potatoes pote potion
potsie potter potts pouches poultry pounce pounds pours pouting pouty power prada pradhan prado prague praise pran pranav prasad pray preethi preeti preferable
present preston presume preventable preventive pricey prick pricked pride prime primera prince printout prison prithee prize pro probiem problema problemo proclaim
projective projectors prone proof prop propped pros protect proto pryce psst pta puck puddin pueden puerto puff puffin puke pulaski pulley pullin pullman pullo pulls
pulsar pumped pumpin pumping pumpkin pumps pune punt punta purer purge purifier purim puritan purposeful purrs purse pusan push pushin pushing puta putin puto puttin
putting putty puyo pyro qatar qilin quack quantify quark queer quelle queso question questionable questions queue quicken quien quienes quiet quilt quilting quin
quincey quincy quint quip quirk quirt quite quittin quiz quot quota quote quran raah raat rabbi rabid rabin race raced rach rache rachid racine racked racks rad
radha rae rafe raffi rage raged ragging rah raheem rahim rahman raid raids rail railing raine rains raisa raisin rajan rake raked rakhi raking rallied raman ramo
ramps rams ramse rancher randal randall rane ranged ranging ranjan ranjeet ranjit rankin rao rape raph rapha rapped rapport rare rarely rarest rashad rashmi rasping
ratan rathbone ravan rave raved raving rawls rayanne rayburn raye raynor rayyan raze razed reach reactive reactors readable reade readin readjust readout reai real
realty realy ream reap reaped rear reasonable rebs recede recite recites reda reddy reed reeling refer reflex reggie rehan reheat reid relieve rene renee renewable
renny repeal repent replaceable resin resolve resort resorts respondent retort reuse revels revere revered revolved reyes rha rhe rhi ria riario ribbit ribcage rica
rick ridge riga riggs rightful righto righty rigs rik rika rima rims rina ringer ringers ringling rink rios ripe ripping rips rise rishi risky rita rite riva riya
riza roadhouse roadkill roadside roadway roald roam roaming roan roar robbie robbin robe robie robin robo robs rockaway rocket rockin rockwell rode rodin roe rogan
roge rohan rojo rojos role rolf rollie rollin rolo rome romeo romi rommie romp rone ronin ronni ronnie ronny roo rooftop rookie room roop root rootin roping rosa
rose roshi rosie rossi roster rota rotc roth roti rotom rotor rouge roughed roughing round rounds roust route rove rover roving rowe roxie rubies rubs rugged rugs
ruins rukia rumour runa runabout runaround runaway rundown rune runes rung rungs runoff runt runts runway ruse rush rushed rushing rusk russ rusted ruthie rutting
saba sabado sabah sabbath sabi sabina sabine sable sabre sabu sachi sachin sachs sack sacks sacred sada sadder sade sadie sae safehouse safeties saga sagar sage
sahab sahar sahib sahil sahir sailing saint sainted saints saitama saito saiyan sakai sake sakes sakshi sala saladin salami saleh salem salene salient salih salim
salina salinas saline salir salle sallie salman salt salty salute salve salvo sama samar samara samay same sameer samir sammi sammie sanada sand sandal sandeep
sandhu sandi sanding sandra sandro sands sane sang sango sangram sangria sanjana sanna sanne sansa sant santa santana santi santini santo santos santosh saori sara
sarah saran sardar sardine sardinia sarees sarina saris sarita sarkar saroo sartre sasa sasaki sashay sashimi saskia satan satay satin satine satish sato sats saudi
saute savi savin saving sawada sawako sawmill saxe sayaka scab scala scale scalp scam scandal scanlon scant scar scarab scare scaredy scarier scat scent scholl
schooi schoolboy schoolgirl schoolhouse schoolwork scold scolded scones scoot score scored scorpio scot scots scream screenplay screenshot scribe scrip scuba scud
sea seafloor seahorse seal seale seam seaman seamen sean sear seared seasick seaside season seat seating seaton seaver seawater sebring secondhand sect sedona seduce
seducing seeded seeding seeds seedy seek seeking seema seemed seeming seenu seep seeped seeping seesaw seetha seeum seeyou sega segunda seimei seine seismic selena
selene selfish selina selleck sellin selling sellout sema semana seminal seminary semple sena senate sendai sendin sending sendo sendoff seng senile senior seniors
senna senorita senpai sensei senses sensor senthil sentient sentinel sentry seol seon seong seop sept ser serano serap serb serdar serena serenade serengeti serf
sergei sergio serhat serie series serkan serpico serra serve servo seryozha set seto sets settee setter settin setting seul seung severide severin severn seward
sewell sewing sexist shaam shabana shabbat shabbos shack shacked shacking shackle shacks shad shade shades shading shaffer shaft shagging shahid shahrukh shaina
shaka shake shakedown shaken shakin shaktimaan shale shalimar shalini shallot shallots shallow shallower shalt shalu sham shaman shame shamed shameful shames shaming
shana shancai shane shang shangela shanghai shanhai shani shania shanice shanika shank shankar shanks shanna shannon shanta shanthi shanti shape shaped shapes
shaping shard sharda shards share shared shares sharia sharif sharing shark sharma sharon sharp sharpay sharpen sharper sharpie shashi shasta shauna shave shaven
shaver shaves shaving shawl shayla shayna shayne shea sheds sheehan sheela sheep sheeran sheeta sheher sheila shek shekhar shekhawat shel shelf shell shelled
shelling shells shem shenandoah shep shera shere sheree sheri sheriffs sherm sherri sherrie shiba shibata shibuya shifu shige shiitake shikha shiki shikishima shill
shilla shima shimazaki shinagawa shinde shindo shined shiner shines shing shingen shingle shinin shino shinohara shinpei shins shinsengumi shinto shinwell shiny ship
shipped shipping shira shiraishi shire shirin shirk shirl shiro shirt shit shite shithouse shits shittin shitting shiva shiver shiyu shizu shoe shoes shona shone
shook shoop shootin shootout shopkeeper shopped shopper shoppin shopping shore shorn shortage shortcut shortcuts shorten shortfall shorthand shortlist shortstop
shorty shota shotgun shoulda shouldn shout shouts shove shoving show showa showed showin shown showstopper showy shree shrine shuck shue shug shui shuji shunt shuo
shura shuri shushes shut shuts shuya sia sian sickbay sicken sicko siddhu sidearm sidebar sideburns sidecar sidekick sidekicks sideline sidhu sidle sidney sieep
siege siegel siempre sieve sifting sigh sighed sightseeing sigi signage signe signet signorina sik sila silk sill silla silo silt sima simple sims sin sinag sinbad
sind sindh sindhu sinew sinful sing singed singer singers singh singles sings sinha sink sinned sinner sion sip sippin sipping sips sire siree siren sirius sirree
sirs sissi sissy sit sita sitch sith siti sitrep sitter sittin situ siva sixteen sixties siya size sizing skaara skate skids skiff skill skilled skills skim skimp
skin skipped skipper skit skits skrull skulk slab slash slate slave slaw sledge sleek sleepin sleepover sleepyhead sleet slender slew slice slick slide sliding
slight slim sling slink slip slipping slips slither slitting sliver slob slog slop sloping sloppy sloshed slot slots slug slugs slum slump slums slung slurp slurpee
slut sluts small smart smarts smash smashed smell smelled smelling smells smiley smite smock smokehouse smokescreen smokey smoky smoot smote smother snakebite
snaking snape snare snart sneak sneaking sneed snell snide sniff snip snipping snitch snog snore snored snort snot snow snowed snowing snows snuck soa soaking soap
soared soba sober sobre sociable sock soco soda soe sofa soften sohee sohn soho soiling sola sole solo solon soma sombre somebody someday somehow someone somethin
something sometime sometimes someway somewhat somewhere somme son sona songwriting soni sono sonora sont sonu sony sooah sook sookie soong soot soothe sop soph sora
soren sorrier sort sory soso sota soto sought soul soundtracks sour souraya soured sousa souta south southie sow sowed sowing sown sows soya soze spa spain spake
span spans spared spat spats speakeasy speakin spear speck spell spelled spelling spells spelt spend spent spiced spill spills spine spit spite spits spittin spliced
split spock spoilt spokane spoke spoken spool spoon spore sport sporting sports spotting spotty spouse spout spree sprint sprinter spud spur spurred spurs squeeze
stack stacking stag stain stair stake staked stakes staking stale stalin stalk stalking stalks stall stan standin standish standoff standoffish standout standpoint
standstill stank star starch stare starin stark starr starry startin stash stashed stat stated staten static station stats stave stay stayin ste steak steal steaming
steamy steep stell stem stent step stepped stepping steps steve stick stickin stiffen stig stiletto stilettos stillman stillson stillwater stillwell stine stingray
stingy stink stinking stint stipulate stirs stitch stockade stocked stocking stockton stockwell stocky stoick stoke stoked stokes stole stomachache stomp stomped
stomping stomps stone stoney stoop stooped stooping stopover stoppage stopper stoppin storehouse storekeeper storey stork storm story stow stowe stowed strain strand
stranger strap strata stream streep stricken strike strikes string stringer stripe stripped stripper striptease strobe strode strongbox stronghold strongman strung
stuart stub stubbed stud stuff stun stunk stunt suave subah subbu subhash suck sucka sucre sudan sudha sudo sue sued suen sues suga sugarman sugary suge suggestive
suing suit suite suits suman summa sumo sumru sunaina sunburn sunburned sundar sundari sunday sundown sundry sune sung sunglasses sunita sunken sunna suno sunroof
sunscreen sunshine sunsin sunstroke suntan suo sup supe sur sura surefire surf surfer surge suri surrey surveyors sus susan sushi susie sustain sustainable sutton
suture suzanna suzanne suze suzhou suzie svend swab swabbed swabbing swabs swan swans swaps swarm swastika swath sways sweatin sweep sweeping swill swine swing swish
swiss switchblade swole swoon swoosh sword swords swore swung taani tab tabatha tabitha table tacked tackle tackled tacks tacky tada tae taek taera tagging taichi
taiga taiji taik taiking tailbone tailing tailors tails taint tainted tais taishi taiwan takada takahashi takako takano takao takashi takeaway takedown takeo takeoff
takeout takeover takeshi taketh taki takin taku tala tale tales tali talkin talkto tall tallinn talos taluk tama tamahome tamaki tamar tamara tamayo tambien tame
tamer tamera tamika tamiko taming tammany tammy tamper tamra tamsin tanaka tane tangent tangier tangling tango tangos tangy tania tank tanking tanks tanna tannen
tanzania tape taping tapped taran tarde tariff tarik tarin tariq tarjeta taro tarrant tarts tase taser tasha task tasks tat tata tate tater taters tatya taught taunt
taxes taxing tayla taylors taystee teach teague teahouse teal teamed teaser teat teatime teats tech techno ted teddy teed teenage teepee tegan teiing tejada tekken
tem tempo ten tending tendo teng tengan tengu tenma tent tenth tents tenure tepee tere terminal termite terra terran terri terror tessa tessie testy tet texan text
texts tha thackeray thai thailand thais thakur thale thalia thames thanatos thane thank thanking thankyou thao thar tharn thata thataway thattaboy thatyou thaw thea
theatre theatres theft theis theme themed themes then theo therea therein thereof therese thessaloniki theta theya theyre thi thiago thicken thievery thigh thine
thinkin thinkyou thisa thom thomas thong thorax thorough though thought threat threesome threesomes throb throughout throwaway throwback throwin thumbelina
thumbprint thump thunk thus thy tiago tian tiananmen ticking tickle tico tide tides tienen tierra tigger tigh tighten tightrope tikka tiko tilden tile tiles tillie
tillman timeline timeout timeshare timmy timo timor tine tink tinkling tino tintin tire tirso tissue tito tivo toa toad toads toasting tobe tock toddy todoroki todos
toffee toga together togo toiling tojo tok toke token toko toll tolling tolliver toman tomato tomatoes tomb tomek tomi tomie tomita tommen tommo tommy tomoe tomoko
tone toner tones tonia tonino tonkin tono tons tool toon toothpick tootie tootin tootsie topher topo topped topper topping topside tora torah tore toro toros torrio
tosa tosh toshiko tosser tote totes toto tots toured touring towa toward tower toya toyo toyotomi toys track tracked tragg trail trails trainor trait tramps tran
trang trash trashed traynor tread treason treasure treaties treatin treehouse treetop trek tremaine tremayne trent trenton trenwith tres trespassed trespassing trev
trey trick tricks tried tries trifle trin trio tripe tripping tris trolling tron troops troth troubie troublesome trough truce truckin true trunk tryin tryout tsan
tsang tse tsing tsung tsuru tuan tube tuck tuco tudor tuen tugged tull tum tummies tune tuned tuning tuo turds turing turks turn turnin turnout turnt tutelage tutor
tutors tuttle tuvok twain twang twat tweak twine twink twitch twosome tycho tyke tyree tyres umar una unattainable unchain uncie unclaimed unclean understandable
unfit union unite unity unload uno untie untii urns usable useful usi usin usr uss ussr vaccine vada vagina vala valea valen valet vali valle value valve vane vape
vary vase vassar veda vegas vena venal vending vents venus ver vera veracity veranda verb verdun verena vermouth vern vero verone vesta vetting vey via vial vials
vicap vicarage vices vics vidal vidar vidya viene vienen viernes vigo vijay vika vikas vila vile villain ville vinay vine vint vinz vips viren visa visas visitors
vita vito viva vivi vixen vole volvo vought voyage wade wading wae wafer wafers waft wage wager wagers wages wagging waging waif wail wailing waist waited waiter
waiters waitin waiting waka wakey wal wales walk walken walking walla walling wallis wallow walt walter walters wan wanda wands wane waned wang waning wank wanking
wantin wantonly wantto wantyou warden warding ware wares waring warm warming warms warn warnin warp warping warrant warring wart warts wary wasa wasabi wash washburn
washcloth washed washer washes washout wasjust wasn wasrt wast wasted wasteland wastin watari watashi waterfall waterfalls waterhouse waterline waterloo waterman
watermelon watershed watertight waterway waterworks watery watson watt watts wave waver waves waving waxes waxing waylon wayside wayward weaken wear weather wedge
wee weeds week weems weeps weigh weighty weil weir weirdo wel welds wella welling wellman welp wen went weren werert werk westar wets wetter wetting whaa whaat whale
wham whata whatchamacallit whatnot whatsapp whatsit whatyou wheat whee whelp wherein whereof wherever whet whether whew whey while whine whit white whither whiting
whoie wholesale wholesome whomever whopper whore wiccan wicked wide widen wider widow width wie wifey wight wii wiki wil wile wiles wilf wilk willa willed willful
willi willin willing willis wilt windom winehouse winger wink winn wino wipe wipes wirth wiry wise wishbone wishful wisp wit witch witching witchy withhold
withholding within withstand withstanding witt witten wittle wives woh wok woke women wona wong wood woods wook woong wordboy wordgirl wording wordplay wordsworth
wordy wore worf worid workable workaround workday workhorse workhouse workin working workman workmen workout workshop world worlds worm wormy worn worryin worse
worthy wory wotan wouid woulda wouldn wouldnt woven wracked wreak wreaking wreath wreaths wren wright wring wrist writ writhe writin wrongdoing wrongful wrung wyman
yaar yadda yanhui yankee yankees yanni yannis yanyan yar yasin yeah yearbook yearly yearn yeats yeh yello yellowish yellowtail yelping yor yore yoru yoshie yoshihiko
yoshiko yoshino youa youl yourfather yourseif youse youself youthful youve zaara zafar zaheer zahir zahra zaire zalman zappa zeina zeller zhang zhiwei zinger zipped
zither ziwei ziyan zlatan zohar zulus zumba घुटना घुटने घुटनों
`;
